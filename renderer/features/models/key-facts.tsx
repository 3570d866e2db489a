import { useTranslation } from 'react-i18next'
import type { KeyView } from '../../../shared/key.ts'
import { oneLine, outcomeSentence } from '../../app/failure-message.ts'
import { formatMoment, formatRelative } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import classes from './key-facts.module.css'

function Moment({ atMs, nowMs }: { atMs: number; nowMs: number }) {
  const { t, i18n } = useTranslation('models')
  const when = formatRelative(atMs, nowMs, i18n.language)
  return (
    <time dateTime={new Date(atMs).toISOString()}>
      {t('facts.moment', { when, moment: formatMoment(atMs, i18n.language) })}
    </time>
  )
}

function LastFailure({ keyView, host }: KeyFactsProps) {
  const { t } = useTranslation('models')
  const { t: failureText } = useTranslation('failures')
  if (keyView.lastFailure === null) return null
  const sentence = outcomeSentence(keyView.lastFailure, keyView.label, host, failureText)
  return (
    <div data-wide>
      <dt>{t('facts.lastFailure')}</dt>
      <dd>
        {oneLine(sentence, failureText)}
        {sentence.quote !== null && <blockquote>{sentence.quote}</blockquote>}
      </dd>
    </div>
  )
}

interface KeyFactsProps {
  /** The key as main reports it now. */
  keyView: KeyView
  host: string
}

/** What the table has no room for on a narrow window, or only in a few words. */
export function KeyFacts({ keyView, host }: KeyFactsProps) {
  const { t } = useTranslation('models')
  const nowMs = useNow()
  const { lastUsedAtMs, expiresAtMs } = keyView
  return (
    <dl className={classes['facts']} aria-label={t('facts.title')}>
      <div>
        <dt>{t('lastUsed')}</dt>
        <dd>{lastUsedAtMs === null ? t('never') : <Moment atMs={Math.min(lastUsedAtMs, nowMs)} nowMs={nowMs} />}</dd>
      </div>
      <div>
        <dt>{t('expires')}</dt>
        <dd>{expiresAtMs === null ? t('facts.noExpiry') : <Moment atMs={expiresAtMs} nowMs={nowMs} />}</dd>
      </div>
      <LastFailure keyView={keyView} host={host} />
    </dl>
  )
}
