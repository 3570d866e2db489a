import type { KeyStateKind } from '../../../shared/key.ts'
import type { KeyPeriod } from '../../app/live/key-periods.ts'
import { xOf, type TimeScale } from './lane-scale.ts'

export interface PeriodBar {
  row: number
  x: number
  widthPx: number
  state: KeyStateKind
  period: KeyPeriod
}

/** When a period ends as far as it is known: a wait is over at its announced end, also before main has said so. */
function periodEndMs(period: KeyPeriod, nowMs: number): number {
  if (period.toMs !== null) return period.toMs
  const untilMs = 'untilMs' in period.state ? period.state.untilMs : null
  return untilMs === null ? nowMs : Math.min(nowMs, untilMs)
}

/** The part of each period that lies in the window; a test is too short to be a period of its own. */
export function periodBars(row: number, periods: readonly KeyPeriod[], scale: TimeScale): PeriodBar[] {
  const bars: PeriodBar[] = []
  for (const period of periods) {
    const endMs = Math.min(periodEndMs(period, scale.toMs), scale.toMs)
    if (period.state.kind === 'probing' || endMs <= scale.fromMs || period.fromMs >= scale.toMs) continue
    const x = Math.max(0, xOf(scale, period.fromMs))
    bars.push({ row, x, widthPx: Math.max(2, xOf(scale, endMs) - x), state: period.state.kind, period })
  }
  return bars
}

/** As much of the text as fits, with an ellipsis, or nothing when not even a few letters would. */
export function fitText(text: string, maxPx: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= maxPx) return text
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (widthOf(`${text.slice(0, middle).trimEnd()}…`) <= maxPx) low = middle
    else high = middle - 1
  }
  return low < 3 ? '' : `${text.slice(0, low).trimEnd()}…`
}
