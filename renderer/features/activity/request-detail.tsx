import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '../../../shared/request.ts'
import { failureSentence } from '../../app/failure-message.ts'
import { reasonOf, resultOf } from '../../ui/attempt-text.ts'
import { AttemptTrail } from '../../ui/attempt-trail.tsx'
import { formatCost, formatDuration, formatInteger } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { stateOfOutcome } from '../../ui/outcome-state.ts'
import classes from './activity.module.css'
import { timelineOf } from './timeline.ts'

interface RequestDetailProps {
  request: RequestView
  /** Null when there are no tokens, or no known price for them. */
  costMicros: number | null
  nowMs: number
}

/** One request opened: the way through its keys, how long each took, and why it failed. */
export function RequestDetail({ request, costMicros, nowMs }: RequestDetailProps) {
  const { t, i18n } = useTranslation('activity')
  const { t: failures } = useTranslation('failures')
  const clipboard = useClipboard({ timeout: 1_500 })
  const { language } = i18n
  const sentence = request.failure && failureSentence(request.failure, failures, nowMs)
  const facts = [
    ...(request.firstOutputMs === null
      ? []
      : [t('detail.firstOutput', { duration: formatDuration(request.firstOutputMs, language) })]),
    ...(request.usage === null
      ? []
      : [
          t('detail.usage', {
            prompt: formatInteger(request.usage.promptTokens, language),
            completion: formatInteger(request.usage.completionTokens, language),
          }),
          ...(request.usage.estimated ? [t('detail.estimated')] : []),
          costMicros === null ? t('detail.noPrice') : formatCost(costMicros / 1_000_000, language),
        ]),
  ]
  return (
    <div className={classes['detail']}>
      {request.attempts.length === 0 ? <p>{t('detail.none')}</p> : <AttemptTrail attempts={request.attempts} />}
      {request.attempts.length > 0 && <Timeline request={request} nowMs={nowMs} />}
      {sentence && (
        <Notice
          tone="danger"
          title={sentence.cause}
          text={[
            sentence.next,
            ...(sentence.quote === null ? [] : [t('detail.quote', { quote: sentence.quote })]),
          ].join(' ')}
        />
      )}
      <p className={classes['facts']}>
        <span className="kw-mono">{t('detail.id', { id: request.id })}</span>
        <Button size="compact-xs" variant="subtle" onClick={() => clipboard.copy(request.id)}>
          {clipboard.copied ? t('detail.copied') : t('detail.copy')}
        </Button>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
    </div>
  )
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`

function Timeline({ request, nowMs }: { request: RequestView; nowMs: number }) {
  const { t, i18n } = useTranslation('activity')
  const { t: attemptText } = useTranslation('attempts')
  const bars = timelineOf(request, nowMs)
  return (
    <ol className={classes['timeline']} aria-label={t('detail.timeline')}>
      {request.attempts.map((attempt, index) => {
        const bar = bars[index]
        const state = attempt.outcome === null ? 'probing' : stateOfOutcome[attempt.outcome.kind]
        const quote = attempt.outcome?.providerMessage ?? null
        const failed = attempt.outcome !== null && attempt.outcome.kind !== 'served'
        return (
          <li key={attempt.number}>
            <span className={classes['timelineLabel']}>
              {t('detail.attempt', {
                number: attempt.number,
                label: attempt.keyLabel,
                result: resultOf(attempt, attemptText, i18n.language),
              })}
              {attempt.probe && ` · ${t('detail.probe')}`}
            </span>
            <span className={classes['timelineTrack']} aria-hidden="true">
              {bar && (
                <span
                  className={classes['timelineBar']}
                  style={{
                    left: percent(bar.from),
                    width: percent(bar.width),
                    background: `var(--kw-state-${state})`,
                  }}
                />
              )}
            </span>
            {failed && attempt.outcome && (
              <span className={classes['timelineWhy']}>
                {reasonOf(attempt.outcome, attemptText, i18n.language)}
                {quote !== null && ` – ${t('detail.quote', { quote })}`}
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
