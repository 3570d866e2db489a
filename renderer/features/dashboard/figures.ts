/** From what the journal counted to what the cards say; nothing is counted here. */
import type { FigureHistory, Figures } from '../../../shared/activity.ts'

/** Of the answered and failed ones; a request that its client cancelled says nothing. */
export const successShare = ({ served, failed }: Figures): number | null => shareOf(served, failed)

const shareOf = (served: number, failed: number): number | null =>
  served + failed === 0 ? null : served / (served + failed)

export const tokensOf = ({ promptTokens, completionTokens }: Figures): number => promptTokens + completionTokens

export interface FigureSeries {
  requests: number[]
  successShare: (number | null)[]
  saved: number[]
  p50Ms: (number | null)[]
  tokens: number[]
}

/** A line of more points than this is only jagged. */
const mostPoints = 30

/** Only whole buckets: one that has just begun, or that the window cuts, would look like a fall. */
export function seriesOf(
  { points, fromMs, stepMs }: FigureHistory,
  window: { fromMs: number; toMs: number },
): FigureSeries {
  const whole = points.filter((_, index) => {
    const beganMs = fromMs + index * stepMs
    return beganMs >= window.fromMs && beganMs + stepMs <= window.toMs
  })
  const joined = inGroups(whole, Math.ceil(whole.length / mostPoints))
  const summed = (of: (figures: Figures) => number) =>
    joined.map((group) => group.reduce((sum, one) => sum + of(one), 0))
  const served = summed((one) => one.served)
  const failed = summed((one) => one.failed)
  return {
    requests: summed((one) => one.finished),
    successShare: served.map((count, at) => shareOf(count, failed[at] ?? 0)),
    saved: summed((one) => one.saved),
    p50Ms: joined.map(meanP50),
    tokens: summed(tokensOf),
  }
}

const inGroups = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: size === 0 ? 0 : Math.ceil(list.length / size) }, (_, at) =>
    list.slice(at * size, (at + 1) * size),
  )

/** Medians cannot be joined; for the course of a line their mean does. */
function meanP50(group: readonly Figures[]): number | null {
  const served = group.reduce((sum, { served: count }) => sum + count, 0)
  return served === 0 ? null : group.reduce((sum, one) => sum + (one.p50Ms ?? 0) * one.served, 0) / served
}

/** What the tokens cost as far as prices are known; a price is an estimate of what the provider will ask. */
export type Cost =
  | { kind: 'none' }
  | { kind: 'unknown' }
  | { kind: 'known'; dollars: number }
  | { kind: 'partly'; dollars: number; unpriced: number }

export function costOf({ costMicros, unpriced, ...figures }: Figures): Cost {
  const dollars = costMicros / 1_000_000
  if (tokensOf({ costMicros, unpriced, ...figures }) === 0) return { kind: 'none' }
  if (unpriced === 0) return { kind: 'known', dollars }
  return costMicros === 0 ? { kind: 'unknown' } : { kind: 'partly', dollars, unpriced }
}
