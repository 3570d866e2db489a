/** The two times the engine needs: one that never goes back, for deadlines, and the wall's, for what is shown and kept. */
export interface Clock {
  /** Monotonic milliseconds from an arbitrary start. */
  nowMs: () => number
  /** Milliseconds since the epoch. */
  wallMs: () => number
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  schedule: (delayMs: number, task: () => void) => () => void
}
