import { useTranslation } from 'react-i18next'
import type { RequestDetail } from '../../../shared/activity.ts'
import type { AttemptView, RequestView } from '../../../shared/request.ts'
import { reasonOf, resultOf } from '../../ui/attempt-text.ts'
import { KeyStateShape } from '../../ui/key-state-shape.tsx'
import { stateOfOutcome } from '../../ui/outcome-state.ts'
import { timelineOf, type TimelineBar } from './timeline.ts'
import classes from './request-detail.module.css'

type Headers = RequestDetail['headers']

interface AttemptTimelineProps {
  request: RequestView
  headers: Headers
  nowMs: number
}

/** The attempts of a request on one line of time: when each ran, what came back, and what its headers said. */
export function AttemptTimeline({ request, headers, nowMs }: AttemptTimelineProps) {
  const { t } = useTranslation('activity')
  const bars = timelineOf(request, nowMs)
  return (
    <ol className={classes['timeline']} aria-label={t('detail.timeline')}>
      {request.attempts.map((attempt, index) => (
        <li key={attempt.number}>
          <Attempt attempt={attempt} bar={bars[index]} />
          <HeaderList headers={headers.find(({ number }) => number === attempt.number)?.headers ?? []} />
        </li>
      ))}
    </ol>
  )
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`

function Attempt({ attempt, bar }: { attempt: AttemptView; bar: TimelineBar | undefined }) {
  const { t, i18n } = useTranslation('activity')
  const { t: attemptText } = useTranslation('attempts')
  const { outcome, number, keyLabel, probe } = attempt
  const state = outcome === null ? 'probing' : stateOfOutcome[outcome.kind]
  const colour = `var(--kw-state-${state})`
  const quote = outcome?.providerMessage ?? null
  return (
    <>
      <p className={classes['attempt']}>
        <span className={classes['shape']} style={{ color: colour }}>
          <KeyStateShape kind={state} size={11} />
        </span>
        <strong>{t('detail.attempt', { number, label: keyLabel })}</strong>
        {probe && <span className={classes['dim']}>{t('detail.probe')}</span>}
        <span className={classes['result']}>{resultOf(attempt, attemptText, i18n.language)}</span>
      </p>
      <span className={classes['track']} aria-hidden="true">
        {bar && (
          <span
            className={classes['bar']}
            style={{ left: percent(bar.from), width: percent(bar.width), background: colour }}
          />
        )}
      </span>
      {outcome !== null && outcome.kind !== 'served' && (
        <p className={classes['reason']}>
          {reasonOf(outcome, attemptText, i18n.language)}
          {quote !== null && ` – ${t('detail.quote', { quote })}`}
        </p>
      )}
    </>
  )
}

/** Folded away: they are for who writes to a provider's support. */
function HeaderList({ headers }: { headers: Headers[number]['headers'] }) {
  const { t } = useTranslation('activity')
  if (headers.length === 0) return null
  return (
    <details className={classes['headers']}>
      <summary>{t('detail.headers', { count: headers.length })}</summary>
      <dl>
        {headers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
