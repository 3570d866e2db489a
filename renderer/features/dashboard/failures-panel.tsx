import { useElementSize } from '@mantine/hooks'
import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureHistory, Window } from '../../../shared/activity.ts'
import type { ModelId } from '../../../shared/identity.ts'
import type { OutcomeKind } from '../../../shared/outcome.ts'
import { client } from '../../app/client.ts'
import { useTimeRange } from '../../app/time-range.ts'
import { useJournal } from '../../app/use-journal.ts'
import { formatClock, formatInteger, formatTimeOfDay } from '../../ui/format.ts'
import { KeyStateShape } from '../../ui/key-state-shape.tsx'
import { stateOfOutcome } from '../../ui/outcome-state.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './failures.module.css'
import { countsPx, paintFailures } from './failure-painter.ts'
import { isFailure, stackOf, type FailureStack } from './failure-stack.ts'
import { askEveryMs, windowUpTo } from './range-window.ts'

const heightPx = 104

/** Failures by kind over the chosen range. */
export function FailuresPanel({ modelId }: { modelId: ModelId | null }) {
  const { t } = useTranslation('dashboard')
  const minutes = useTimeRange((store) => store.minutes)
  const read = useCallback(
    async (nowMs: number) => {
      const window = windowUpTo(nowMs, minutes, modelId)
      return { window, history: await client.activity.failures(window) }
    },
    [minutes, modelId],
  )
  const told = useJournal(read, askEveryMs(minutes))
  const { ref, width } = useElementSize<HTMLDivElement>()
  const stack =
    told && width > countsPx ? stackOf(told.history, told.window, { widthPx: width - countsPx, heightPx }) : null
  return (
    <Panel title={t('failures.title')}>
      <div ref={ref} className={classes['failures']}>
        {told && stack && <FailureChart stack={stack} window={told.window} widthPx={Math.floor(width)} />}
      </div>
      {stack && <FailureLegend totals={stack.totals} />}
      {told && <FailureTable history={told.history} />}
    </Panel>
  )
}

function FailureChart({ stack, window, widthPx }: { stack: FailureStack; window: Window; widthPx: number }) {
  const { i18n } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!canvas.current || !context) return undefined
    const draw = () =>
      canvas.current &&
      paintFailures(canvas.current, context, { stack, window, widthPx, heightPx, language: i18n.language })
    draw()
    const schemeWatcher = new MutationObserver(draw)
    schemeWatcher.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] })
    return () => schemeWatcher.disconnect()
  }, [stack, window, widthPx, i18n.language])
  return <canvas ref={canvas} className={classes['canvas']} aria-hidden="true" data-testid="failures" />
}

function FailureLegend({ totals }: { totals: FailureStack['totals'] }) {
  const { t, i18n } = useTranslation('attempts')
  const { t: dashboard } = useTranslation('dashboard')
  if (totals.length === 0) return <p className={classes['none']}>{dashboard('failures.none')}</p>
  return (
    <ul className={classes['legend']} aria-label={dashboard('failures.totals')}>
      {totals.map(({ kind, count }) => (
        <li key={kind}>
          <span style={{ color: colourOf(kind) }} className={classes['shape']}>
            <KeyStateShape kind={stateOfOutcome[kind]} size={10} />
          </span>
          {t(`outcome.${kind}`)} <strong>{formatInteger(count, i18n.language)}</strong>
        </li>
      ))}
    </ul>
  )
}

const colourOf = (kind: OutcomeKind) => `var(--kw-state-${stateOfOutcome[kind]})`

const minuteMs = 60_000

/** The chart as a table: each stretch of time in which something failed. */
function FailureTable({ history }: { history: FailureHistory }) {
  const { t, i18n } = useTranslation('attempts')
  const { t: dashboard } = useTranslation('dashboard')
  const { fromMs, stepMs } = history
  const kinds = history.kinds.filter(({ kind }) => isFailure(kind))
  const columns = Math.max(0, ...kinds.map(({ counts }) => counts.length))
  const timeOf = stepMs % minuteMs === 0 ? formatTimeOfDay : formatClock
  const rows = Array.from({ length: columns }, (_, at) => at).filter((at) => kinds.some(({ counts }) => counts[at]))
  return (
    <div className="kw-visually-hidden">
      <table>
        <caption>{dashboard('failures.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{dashboard('failures.from')}</th>
            {kinds.map(({ kind }) => (
              <th key={kind} scope="col">
                {t(`outcome.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((at) => (
            <tr key={at}>
              <th scope="row">{timeOf(fromMs + at * stepMs, i18n.language)}</th>
              {kinds.map(({ kind, counts }) => (
                <td key={kind}>{formatInteger(counts[at] ?? 0, i18n.language)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
