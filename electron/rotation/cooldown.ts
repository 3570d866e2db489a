/** How long a key stays out. A later report never shortens a cooldown; applying one takes the later of both ends. */

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

const rateLimitLadder = [10 * second, 30 * second, 60 * second, 300 * second]
/** A provider that announces "now" would have us try without end. */
const shortestAnnounced = second
const longestExhaustion = 31 * 24 * hour
const testSchedule = [5 * minute, hour, 24 * hour, 24 * hour, 24 * hour, 24 * hour, 24 * hour]

/** The steps of a ladder count from 0; the last one repeats. */
export function rateLimitCooldownMs(announcedMs: number | null, step: number): number {
  if (announcedMs !== null) return Math.max(announcedMs, shortestAnnounced)
  return stepOf(rateLimitLadder, step)
}

export const lastRateLimitStep = rateLimitLadder.length - 1

export function exhaustedCooldownMs(announcedMs: number | null, step: number): number {
  if (announcedMs !== null) return Math.min(Math.max(announcedMs, shortestAnnounced), longestExhaustion)
  return Math.min(hour * 2 ** Math.min(step, 10), 24 * hour)
}

/** When a rejected key may be tried again by itself; null when it has had all its tests. */
export function nextTestInMs(testsDone: number): number | null {
  return testSchedule[testsDone] ?? null
}

export type HoldReason = 'address' | 'storm' | 'breaker'

const holdLadders: Record<HoldReason, readonly number[]> = {
  address: [30 * second, 60 * second, 120 * second, 300 * second],
  storm: rateLimitLadder,
  breaker: [5 * second, 10 * second, 20 * second, 30 * second],
}

export function holdMs(reason: HoldReason, step: number): number {
  return stepOf(holdLadders[reason], step)
}

function stepOf(ladder: readonly number[], step: number): number {
  return ladder[Math.min(step, ladder.length - 1)]!
}
