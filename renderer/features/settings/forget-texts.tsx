import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../app/client.ts'
import { useJournalStatus } from '../../app/journal-store.ts'
import { attempt, showDone } from '../../app/toast.tsx'
import { formatInteger } from '../../ui/format.ts'
import { Question } from '../../ui/question.tsx'

/** Deletes the prompts and answers that are kept; their requests stay. */
export function ForgetTexts({ count }: { count: number }) {
  const { t, i18n } = useTranslation('settings')
  const refresh = useJournalStatus((store) => store.refresh)
  const [asking, setAsking] = useState(false)
  const forget = () =>
    attempt(async () => {
      await client.activity.forgetTexts()
      setAsking(false)
      await refresh()
      showDone(t('history.forget.done'))
    })
  const counted = { count, formatted: formatInteger(count, i18n.language) }
  return (
    <>
      <div>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('history.forget.button')}
        </Button>
      </div>
      {asking && (
        <Question
          grave
          title={t('history.forget.title')}
          confirm={t('history.forget.confirm')}
          cancel={t('history.forget.keep')}
          onConfirm={forget}
          onClose={() => setAsking(false)}
        >
          <p>{t('history.forget.text', counted)}</p>
        </Question>
      )}
    </>
  )
}
