import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditTrailView } from '../../../shared/vault.ts'
import { client } from '../../app/client.ts'
import { formatInteger, formatMoment } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useVaultRead } from './use-vault-read.ts'
import { auditSubject } from './audit-subject.ts'
import classes from './vault-settings.module.css'

const shownAtFirst = 50

const readTrail = () => client.vault.auditTrail()

function Entries({ entries }: Pick<AuditTrailView, 'entries'>) {
  const { t, i18n } = useTranslation('vault')
  return (
    <div className={classes['scroll']}>
      <table className={classes['table']} aria-label={t('audit.title')}>
        <thead>
          <tr>
            <th scope="col">{t('audit.when')}</th>
            <th scope="col">{t('audit.what')}</th>
            <th scope="col">{t('audit.subject')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ atMs, action, subject }, index) => (
            <tr key={`${atMs} ${entries.length - index}`}>
              <th scope="row">
                <time dateTime={new Date(atMs).toISOString()}>{formatMoment(atMs, i18n.language)}</time>
              </th>
              <td>{t(`audit.action.${action}`)}</td>
              <td className={classes['dim']}>{auditSubject({ action, subject }, t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What was done with secrets, newest first. */
export function AuditPanel() {
  const { t, i18n } = useTranslation('vault')
  const { value: trail } = useVaultRead(readTrail)
  const [all, setAll] = useState(false)
  if (trail === null) return null
  const newestFirst = trail.entries.toReversed()
  const more = all ? 0 : newestFirst.length - shownAtFirst
  return (
    <Panel place="audit" title={t('audit.title')}>
      <div className={classes['stack']}>
        <p className={classes['text']}>{t('audit.text')}</p>
        {!trail.isWhole && <Notice tone="danger" title={t('audit.broken')} text={t('audit.brokenText')} />}
        <Entries entries={all ? newestFirst : newestFirst.slice(0, shownAtFirst)} />
        <div className={classes['buttons']}>
          {more > 0 && (
            <Button size="compact-sm" variant="default" onClick={() => setAll(true)}>
              {t('audit.more', { count: more })}
            </Button>
          )}
          {trail.dropped > 0 && (
            <span className={classes['dim']}>
              {t('audit.dropped', { count: trail.dropped, formatted: formatInteger(trail.dropped, i18n.language) })}
            </span>
          )}
        </div>
      </div>
    </Panel>
  )
}
