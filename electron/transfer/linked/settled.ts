// However often something changes, it is looked at: a while after the last change, and never later than a longer while
// after the first.
import type { Clock } from '../../rotation/clock.ts'

/** A save is often several changes of the folder. */
export const settleMs = 300
/** Something else in the folder may be written without end. */
export const latestMs = 2_000

export interface Settled {
  changed: () => void
  cancel: () => void
}

export function createSettled({ schedule }: Pick<Clock, 'schedule'>, look: () => void): Settled {
  let cancelSettle: (() => void) | null = null
  let cancelLatest: (() => void) | null = null

  function cancel(): void {
    cancelSettle?.()
    cancelLatest?.()
    cancelSettle = null
    cancelLatest = null
  }

  function lookNow(): void {
    cancel()
    look()
  }

  return {
    changed(): void {
      cancelSettle?.()
      cancelSettle = schedule(settleMs, lookNow)
      cancelLatest ??= schedule(latestMs, lookNow)
    },
    cancel,
  }
}
