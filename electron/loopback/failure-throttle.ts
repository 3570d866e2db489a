import type { Clock } from '../rotation/clock.ts'

/** After twenty wrong codes or tokens within a minute, each further refusal takes a second. Right ones never wait. */
export interface FailureThrottle {
  /** Counts a failure and resolves when it may be answered. */
  failed(): Promise<void>
}

const windowMs = 60_000
const freeFailures = 20
const delayMs = 1_000

export function createFailureThrottle(clock: Pick<Clock, 'nowMs' | 'schedule'>): FailureThrottle {
  let failuresAtMs: number[] = []
  return {
    failed() {
      const nowMs = clock.nowMs()
      failuresAtMs = [...failuresAtMs.filter((atMs) => nowMs - atMs < windowMs), nowMs].slice(-freeFailures - 1)
      if (failuresAtMs.length <= freeFailures) return Promise.resolve()
      return new Promise((resolve) => void clock.schedule(delayMs, resolve))
    },
  }
}
