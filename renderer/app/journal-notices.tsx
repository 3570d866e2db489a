import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { useJournalStatus } from './journal-store.ts'

/** What the history lacks is said beside it: requests that were not recorded, and a file that was set aside. */
export function JournalNotices() {
  const { t, i18n } = useTranslation('shell')
  const { status, refresh } = useJournalStatus()
  // A status that cannot be read is asked for again when the journal changes.
  useEffect(() => void refresh().catch(() => undefined), [refresh])
  if (status === null) return null
  const { trouble, dropped, setAside, kept, reason } = status
  return (
    <>
      {trouble !== null && <Notice tone="danger" title={t(`journal.trouble.${trouble}`)} text={t('journal.goesOn')} />}
      {dropped > 0 && (
        <Notice
          tone="warn"
          title={t('journal.dropped', { count: dropped, formatted: formatInteger(dropped, i18n.language) })}
        />
      )}
      {setAside !== null && (
        <Notice tone="warn" title={t('journal.setAside')} text={t('journal.setAsideFile', { file: setAside })} />
      )}
      {kept !== 'file' && (
        <Notice
          tone="warn"
          title={t(`journal.kept.${kept}`)}
          text={reason === null ? undefined : t(`journal.reason.${reason}`)}
        />
      )}
    </>
  )
}
