import type { Clock } from '../../electron/rotation/clock.ts'

/** So much of real time counts at most between two looks at it. */
const tickMs = 2

/**
 * Time that goes by so many times faster than it does: for what waits on real sockets and for seconds on end. It stands
 * still while the process does: on a machine that is busy with other things a key that rests for six seconds would
 * else be back before the two requests that are to come first have had their turn.
 */
export function aQuickClock(times: number): Clock {
  const alarms = new Set<{ dueMs: number; task: () => void }>()
  let nowMs = 0
  let lookedAtMs = performance.now()
  let ticker: ReturnType<typeof setInterval> | undefined

  const sinceMs = () => Math.min(performance.now() - lookedAtMs, tickMs) * times
  function look(): void {
    nowMs += sinceMs()
    lookedAtMs = performance.now()
  }
  function tick(): void {
    look()
    const due = [...alarms].filter(({ dueMs }) => dueMs <= nowMs).toSorted((a, b) => a.dueMs - b.dueMs)
    for (const alarm of due) if (alarms.delete(alarm)) alarm.task()
    rest()
  }
  /** Without alarms nobody waits, and nothing has to tick. */
  function rest(): void {
    if (alarms.size > 0) return
    clearInterval(ticker)
    ticker = undefined
  }
  function current(): number {
    if (ticker === undefined) look()
    return nowMs + sinceMs()
  }

  const beganMs = Date.UTC(2026, 0, 1)
  return {
    nowMs: current,
    wallMs: () => beganMs + current(),
    schedule(delayMs, task) {
      const alarm = { dueMs: current() + Math.max(0, delayMs), task }
      alarms.add(alarm)
      ticker ??= setInterval(tick, tickMs)
      return () => {
        alarms.delete(alarm)
        rest()
      }
    },
  }
}
