/** Failures by kind as stacked bars: where each part of each bar lies. The parts of a bar add up to its count. */
import type { FailureHistory } from '../../../shared/activity.ts'
import type { OutcomeKind } from '../../../shared/outcome.ts'

export interface StackPart {
  kind: OutcomeKind
  x: number
  widthPx: number
  /** From the top. */
  y: number
  heightPx: number
}

export interface FailureStack {
  parts: StackPart[]
  /** The height of the whole chart in failures; a round number. */
  most: number
  totals: { kind: OutcomeKind; count: number }[]
}

interface Size {
  widthPx: number
  heightPx: number
}

const gapPx = 1
/** A thinner bar is hard to see, so that narrow buckets are drawn as one. */
const leastBarPx = 6

export function stackOf(
  history: FailureHistory,
  window: { fromMs: number; toMs: number },
  { widthPx, heightPx }: Size,
): FailureStack {
  const bucketPx = (history.stepMs / (window.toMs - window.fromMs)) * widthPx
  const { fromMs, stepMs, kinds } = joined(history, Math.max(1, Math.ceil(leastBarPx / bucketPx)))
  const failures = kinds.filter(({ kind }) => isFailure(kind))
  const columns = Math.max(0, ...failures.map(({ counts }) => counts.length))
  const sums = Array.from({ length: columns }, (_, at) =>
    failures.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0),
  )
  const most = roundUp(Math.max(0, ...sums))
  const pxPerMs = widthPx / (window.toMs - window.fromMs)
  const parts: StackPart[] = []
  for (let at = 0; at < columns; at += 1) {
    const x = (fromMs + at * stepMs - window.fromMs) * pxPerMs
    let y = heightPx
    for (const { kind, counts } of failures) {
      const partPx = ((counts[at] ?? 0) / most) * heightPx
      if (partPx === 0) continue
      y -= partPx
      parts.push({ kind, x, widthPx: Math.max(1, stepMs * pxPerMs - gapPx), y, heightPx: partPx })
    }
  }
  const totals = failures.map(({ kind, counts }) => ({ kind, count: counts.reduce((sum, count) => sum + count, 0) }))
  return { parts, most, totals: totals.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count) }
}

/** Several buckets as one; they begin at whole multiples of their length, so that no bar flickers as time flows. */
function joined({ fromMs, stepMs, kinds }: FailureHistory, several: number): FailureHistory {
  const first = Math.round(fromMs / stepMs)
  const skipped = first % several
  const sumUp = (counts: readonly number[]) => {
    const length = Math.ceil((counts.length + skipped) / several)
    const partOf = (at: number) => counts.slice(Math.max(0, at * several - skipped), (at + 1) * several - skipped)
    return Array.from({ length }, (_, at) => partOf(at).reduce((sum, count) => sum + count, 0))
  }
  return {
    fromMs: (first - skipped) * stepMs,
    stepMs: stepMs * several,
    kinds: kinds.map(({ kind, counts }) => ({ kind, counts: sumUp(counts) })),
  }
}

/** A client that went away is nobody's failure. */
export const isFailure = (kind: OutcomeKind): boolean => kind !== 'served' && kind !== 'cancelled'

/** 1, 2 or 5 times a power of ten: 37 becomes 50. */
export function roundUp(count: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, count)))
  return ([1, 2, 5, 10].find((factor) => factor * power >= count) ?? 10) * power
}
