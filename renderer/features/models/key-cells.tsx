import { useTranslation } from 'react-i18next'
import type { KeyView } from '../../../shared/key.ts'
import type { RequestView } from '../../../shared/request.ts'
import { oneLine, outcomeSentence } from '../../app/failure-message.ts'
import { isExpiring } from './key-watch.ts'
import { formatDuration, formatMoment, formatRelative, formatShare } from '../../ui/format.ts'
import table from './keys-table.module.css'
import classes from './models.module.css'

export function SuccessShare({ keyView }: { keyView: KeyView }) {
  const { i18n } = useTranslation('models')
  // A request that is still under way has neither succeeded nor failed.
  const ended = keyView.requests - keyView.inFlight
  if (ended <= 0) return <span className={classes['dim']}>–</span>
  return formatShare(Math.min(1, keyView.served / ended), i18n.language)
}

export function LastUsed({ atMs, nowMs }: { atMs: number | null; nowMs: number }) {
  const { t, i18n } = useTranslation('models')
  if (atMs === null) return <span className={classes['dim']}>{t('never')}</span>
  return (
    <time className={classes['dim']} dateTime={new Date(atMs).toISOString()}>
      {formatRelative(Math.min(atMs, nowMs), nowMs, i18n.language, 'narrow')}
    </time>
  )
}

export function MedianTime({ ms }: { ms: number | null }) {
  const { i18n } = useTranslation('models')
  if (ms === null) return <span className={classes['dim']}>–</span>
  return formatDuration(ms, i18n.language)
}

/** What the columns beside it say, where the table has no room for those. */
export function BeneathRequests({ keyView }: { keyView: KeyView }) {
  const { t, i18n } = useTranslation('models')
  const { inFlight, p50Ms } = keyView
  return (
    <>
      {inFlight > 0 && (
        <span className={table['beneath']} data-for="in-flight">
          {t('underWay', { count: inFlight })}
        </span>
      )}
      {keyView.requests > inFlight && (
        <span className={table['beneath']} data-for="success">
          <SuccessShare keyView={keyView} />
          {p50Ms !== null && <> · {formatDuration(p50Ms, i18n.language)}</>}
        </span>
      )}
    </>
  )
}

/** The same for the column of times. */
export function BeneathSuccess({ keyView: { p50Ms } }: { keyView: KeyView }) {
  const { t, i18n } = useTranslation('models')
  if (p50Ms === null) return null
  return (
    <span className={table['beneath']} data-for="median">
      {t('median')} {formatDuration(p50Ms, i18n.language)}
    </span>
  )
}

/** The last day on which it is used, and a warning when that is near or past. */
export function Expiry({ keyView, nowMs }: { keyView: KeyView; nowMs: number }) {
  const { i18n } = useTranslation('models')
  const { expiresAtMs } = keyView
  if (expiresAtMs === null) return <span className={classes['dim']}>–</span>
  const near = expiresAtMs <= nowMs || isExpiring(keyView, nowMs)
  return (
    <time
      className={classes[near ? 'warn' : 'dim']}
      dateTime={new Date(expiresAtMs).toISOString()}
      title={formatMoment(expiresAtMs, i18n.language)}
    >
      {formatRelative(expiresAtMs, nowMs, i18n.language, 'narrow')}
    </time>
  )
}

interface ProblemProps {
  keyView: KeyView
  host: string
  tested: RequestView | undefined
  testing: boolean
  /** Where the whole sentence stands. */
  onDetails: () => void
}

/** The last failure in a few words, or what the test just said. The whole sentence is its description, and stands in the key's dialogue. */
export function Problem({ keyView, host, tested, testing, onDetails }: ProblemProps) {
  const { t, i18n } = useTranslation('models')
  const { t: failureText } = useTranslation('failures')
  if (testing) return <span className={table['problem']}>{t('testing')}</span>
  const last = tested?.attempts.at(-1)
  if (tested?.result === 'served' && last !== undefined) {
    const took = formatDuration(last.durationMs ?? 0, i18n.language)
    return (
      <span className={table['problem']} data-good>
        {t('testServed', { took })}
      </span>
    )
  }
  const outcome = last?.outcome ?? keyView.lastFailure
  if (outcome === null) return null
  const sentence = oneLine(outcomeSentence(outcome, keyView.label, host, failureText), failureText)
  const detail = outcome.providerCode ?? outcome.status
  const word = t(`outcome.${outcome.kind}`)
  return (
    <button type="button" className={table['problem']} title={sentence} aria-haspopup="dialog" onClick={onDetails}>
      {detail === null ? word : t('outcomeDetail', { word, detail })}
    </button>
  )
}
