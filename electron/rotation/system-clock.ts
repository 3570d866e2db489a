import type { Clock } from './clock.ts'

/** The process's own time, for those who do not bring a clock. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  schedule: (delayMs, task) => {
    // A longer delay than setTimeout can hold would fire at once; whoever wakes too early looks again.
    const timer = setTimeout(task, Math.max(0, Math.min(delayMs, 2 ** 31 - 1)))
    return () => clearTimeout(timer)
  },
}
