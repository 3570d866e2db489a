/** What the wheel says in words; the picture and the text are made from the same values. */
import type { KeyStateKind, KeyView } from '../../../shared/key.ts'
import { nextReturnMs } from '../../app/next-return.ts'

export interface WheelSummary {
  ready: number
  total: number
  /** When the first key that is out comes back, as far as main has said. */
  nextBackMs: number | null
  counts: { kind: KeyStateKind; count: number }[]
}

export function summaryOf(keys: readonly KeyView[], nowMs: number): WheelSummary {
  const counts = new Map<KeyStateKind, number>()
  for (const { state } of keys) counts.set(state.kind, (counts.get(state.kind) ?? 0) + 1)
  return {
    ready: counts.get('ready') ?? 0,
    total: keys.length,
    nextBackMs: nextReturnMs(keys, nowMs),
    counts: [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count),
  }
}

/** Keys whose announced wait is over although main still calls them out: it is time to ask main again. */
export const isOverdue = ({ state }: KeyView, nowMs: number): boolean =>
  'untilMs' in state && state.untilMs !== null && state.untilMs < nowMs
