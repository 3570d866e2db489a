import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { nextStepOf, reasonOf } from '../../ui/attempt-text.ts'
import { formatClock, formatDuration, formatInteger } from '../../ui/format.ts'
import classes from './dashboard.module.css'
import type { Hovered } from './lane-view.ts'
import type { AttemptMark, BarMark } from './lane-geometry.ts'

interface LaneTooltipProps {
  hovered: Hovered
  model: ModelView
  leftPx: number
  widthPx: number
}

const tooltipPx = 250

/** What lies under the pointer. The same is said by the table of attempts, so that it is hidden from a screen reader. */
export function LaneTooltip({ hovered, model, leftPx, widthPx }: LaneTooltipProps) {
  const { hit, x, y } = hovered
  const left = leftPx + Math.max(0, Math.min(x + 14, widthPx - tooltipPx))
  return (
    <div className={classes['tooltip']} style={{ left, top: y + 16, width: tooltipPx }} aria-hidden="true">
      {hit.kind === 'attempt' ? (
        <AttemptLines mark={hit.mark} model={model} />
      ) : (
        <BarLines mark={hit.mark} model={model} />
      )}
    </div>
  )
}

function AttemptLines({ mark, model }: { mark: AttemptMark; model: ModelView }) {
  const { t, i18n } = useTranslation('dashboard')
  const { t: attempts } = useTranslation('attempts')
  const ring = liveFeed.history.attempts
  const key = model.keys[mark.row]
  const startedAtMs = ring.startedAtMs(mark.ordinal)
  const durationMs = ring.endedAtMs(mark.ordinal) - startedAtMs
  const failure = ring.failure(mark.ordinal)
  const request = liveFeed.history.requests.get(ring.requestId(mark.ordinal))
  const next = request?.attempts.find((attempt) => attempt.number === ring.number(mark.ordinal) + 1)
  const word = mark.kind === null ? attempts('running') : attempts(`outcome.${mark.kind}`)
  return (
    <>
      <p>
        <strong>{t('wheel.key', { number: mark.row + 1, label: key?.label ?? '' })}</strong> {word}
      </p>
      {failure && <p>{reasonOf(failure, attempts, i18n.language)}</p>}
      <p className={classes['faint']}>
        {t('lanes.began', { time: formatClock(startedAtMs, i18n.language) })}
        {mark.kind !== null && ` · ${formatDuration(durationMs, i18n.language)}`}
      </p>
      {next && failure && <p>{nextStepOf({ ...next, sameKey: next.keyId === key?.id }, attempts, i18n.language)}</p>}
      <p className={classes['faint']}>{t('lanes.open')}</p>
    </>
  )
}

function BarLines({ mark, model }: { mark: BarMark; model: ModelView }) {
  const { t, i18n } = useTranslation('dashboard')
  const counted = (count: number) => ({ count, formatted: formatInteger(count, i18n.language) })
  return (
    <>
      <p>
        <strong>{t('wheel.key', { number: mark.row + 1, label: model.keys[mark.row]?.label ?? '' })}</strong>
      </p>
      <p>
        {t('lanes.bar', counted(mark.served + mark.failed))}
        {mark.failed > 0 && ` · ${t('lanes.barFailed', counted(mark.failed))}`}
      </p>
      <p className={classes['faint']}>
        {formatClock(mark.fromMs, i18n.language)} – {formatClock(mark.toMs, i18n.language)}
      </p>
    </>
  )
}
