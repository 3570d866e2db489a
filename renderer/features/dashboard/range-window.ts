/** The stretch of time that figures and failures are counted over, and how often it is worth asking for them again. */
import type { Window } from '../../../shared/activity.ts'
import type { ModelId } from '../../../shared/identity.ts'

export const minuteMs = 60_000

export function windowUpTo(nowMs: number, minutes: number, modelId: ModelId | null): Window {
  // A whole second, so that the newest events are in it.
  const toMs = Math.ceil((nowMs + 1) / 1_000) * 1_000
  return { modelId, fromMs: toMs - minutes * minuteMs, toMs }
}

/** About a hundredth of the range: what is shorter moves no line by a pixel. */
export const askEveryMs = (minutes: number): number => Math.max(1_000, Math.min(15_000, minutes * 200))
