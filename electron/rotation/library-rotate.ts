// The loop as programs outside use it: with AbortSignals, which `fetch` takes, and promises only.
import type { Lease } from './lease.ts'
import type { Outcome } from './outcome.ts'
import type { Pool } from './pool.ts'
import { rotate as run, type RotateFailure, type RotateOptions as Options, type RotateSuccess } from './rotate.ts'
import { abortSignalOf } from './stop-signal.ts'

export type AttemptResult<T> =
  | { committed: true; value: T; done: Promise<Outcome> }
  | { committed: false; outcome: Outcome }

/** Performs one attempt with the leased key. It reports, it never throws; `signal` aborts it. */
export type Attempt<T> = (lease: Lease, signal: AbortSignal) => Promise<AttemptResult<T>>

export interface RotateOptions extends Options {
  /** Aborting it ends the request. */
  signal?: AbortSignal | undefined
}

export type RotateResult<T> = (RotateSuccess<T> & { done: Promise<Outcome> }) | RotateFailure

/** Runs one request over the pool's keys. Expected failures are values; only a bug in `attempt` is thrown. */
export async function rotate<T>(pool: Pool, options: RotateOptions, attempt: Attempt<T>): Promise<RotateResult<T>> {
  const result = await run(pool, options, (lease, stop) => attempt(lease, abortSignalOf(stop)))
  return result.ok ? { ...result, done: Promise.resolve(result.done) } : result
}
