import type { Lease } from './lease.ts'
import type { Outcome } from './outcome.ts'
import type { StopSignal } from './stop-signal.ts'

/**
 * What the loop is handed to try one key. `committed` means that the first output is in hand and the value may go to
 * the client: from there on no other key is tried, and `done` (which never rejects) only settles the books. It is the
 * outcome itself where the answer is all there.
 */
export type AttemptResult<T> =
  | { committed: true; value: T; done: Promise<Outcome> | Outcome }
  | { committed: false; outcome: Outcome }

/** Performs one attempt with the leased key. It reports, it never throws; `signal` aborts it. */
export type Attempt<T> = (lease: Lease, signal: StopSignal) => Promise<AttemptResult<T>>
