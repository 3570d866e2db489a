import type { Clock } from '../../electron/rotation/clock.ts'

/** Time that goes by so many times faster than it does: for what waits on real sockets and for seconds on end. */
export function aQuickClock(times: number): Clock {
  const startMs = performance.now()
  const nowMs = () => (performance.now() - startMs) * times
  const beganMs = Date.UTC(2026, 0, 1)
  return {
    nowMs,
    wallMs: () => beganMs + nowMs(),
    schedule(delayMs, task) {
      const timer = setTimeout(task, Math.max(0, delayMs / times))
      return () => clearTimeout(timer)
    },
  }
}
