import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import type { OutcomeView } from '../../../shared/outcome.ts'
import type { AttemptRing } from '../../app/live/attempt-ring.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { nextStepOf, reasonOf, type Next } from '../../ui/attempt-text.ts'
import { formatClock, formatDuration, formatInteger } from '../../ui/format.ts'
import classes from './tooltip.module.css'
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
    <div
      className={classes['tooltip']}
      style={{ left, top: y + 16, width: tooltipPx }}
      aria-hidden="true"
      data-testid="lane-tooltip"
    >
      {hit.kind === 'attempt' ? (
        <AttemptLines mark={hit.mark} ring={hovered.ring} model={model} />
      ) : (
        <BarLines mark={hit.mark} model={model} />
      )}
    </div>
  )
}

function AttemptLines({ mark, ring, model }: { mark: AttemptMark; ring: AttemptRing; model: ModelView }) {
  const { t, i18n } = useTranslation('dashboard')
  const { t: wheel } = useTranslation('wheel')
  const { t: attempts } = useTranslation('attempts')
  const key = model.keys[mark.row]
  const startedAtMs = ring.startedAtMs(mark.ordinal)
  const durationMs = ring.endedAtMs(mark.ordinal) - startedAtMs
  const failure = ring.failure(mark.ordinal)
  const next = nextOf(ring, mark.ordinal, model)
  const word = mark.kind === null ? attempts('running') : attempts(`outcome.${mark.kind}`)
  return (
    <>
      <p>
        <strong>{wheel('key', { number: mark.row + 1, label: key?.label ?? '' })}</strong> {word}
      </p>
      {failure && <p>{reasonOf(failure, attempts, i18n.language)}</p>}
      <p className={classes['faint']}>
        {t('lanes.began', { time: formatClock(startedAtMs, i18n.language) })}
        {mark.kind !== null && ` · ${formatDuration(durationMs, i18n.language)}`}
      </p>
      {next && failure && <p>{nextStepOf(next, attempts, i18n.language)}</p>}
      <p className={classes['faint']}>{t('lanes.open')}</p>
    </>
  )
}

/** The attempt that followed, as far as it is known. */
function nextOf(ring: AttemptRing, ordinal: number, model: ModelView): Next | null {
  const next = ring.takenOverBy(ordinal)
  if (!ring.has(next)) return null
  const key = model.keys.find(({ id }) => liveFeed.history.keyIndex(model.id, id) === ring.key(next))
  if (!key) return null
  const kind = ring.kind(next)
  const endedAtMs = ring.endedAtMs(next)
  return {
    keyLabel: key.label,
    sameKey: ring.key(next) === ring.key(ordinal),
    outcome: ring.failure(next) ?? (kind === 'served' ? servedOutcome : null),
    durationMs: Number.isNaN(endedAtMs) ? null : endedAtMs - ring.startedAtMs(next),
  }
}

const servedOutcome: OutcomeView = {
  kind: 'served',
  status: null,
  cause: null,
  providerCode: null,
  providerMessage: null,
  retryAfterMs: null,
}

function BarLines({ mark, model }: { mark: BarMark; model: ModelView }) {
  const { t, i18n } = useTranslation('dashboard')
  const { t: wheel } = useTranslation('wheel')
  const counted = (count: number) => ({ count, formatted: formatInteger(count, i18n.language) })
  return (
    <>
      <p>
        <strong>{wheel('key', { number: mark.row + 1, label: model.keys[mark.row]?.label ?? '' })}</strong>
      </p>
      <p>
        {t('lanes.bar', counted(mark.served + mark.failed))}
        {mark.failed > 0 && ` · ${t('lanes.barFailed', counted(mark.failed))}`}
      </p>
      <p className={classes['faint']}>
        {formatClock(mark.fromMs, i18n.language)} – {formatClock(mark.toMs, i18n.language)}
      </p>
      <p className={classes['faint']}>{t('lanes.closer')}</p>
    </>
  )
}
