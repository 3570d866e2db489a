import type { Attempt, AttemptResult } from './attempt.ts'
import type { Decision } from './decision.ts'
import { checkDuration } from './key-spec.ts'
import type { Lease } from './lease.ts'
import type { Outcome } from './outcome.ts'
import type { Denied, Granted } from './leasing.ts'
import type { Pool } from './pool.ts'
import type { KeyReport } from './pool-view.ts'
import { backoffMs, mayRetrySameKey, sameKeyRetries, isProxyFault } from './retry.ts'
import type { StopSignal } from './stop-signal.ts'
import { RequestStop, sleep } from './timing.ts'
import type { Seat } from './waiting-room.ts'

/**
 * One request moves to each usable key at most once before it waits or gives up, and no key is tried after the first
 * output. Rotations, same-key retries and waiting have budgets of their own, and one deadline is over all of them.
 */

export interface RotateOptions {
  /** The client's: aborting it ends the request. */
  signal?: StopSignal | undefined
  /** For the sticky strategy. */
  conversation?: string | undefined
  /** Use this key and no other. */
  pinnedKeyId?: string | undefined
  estimatedTokens?: number | undefined
  deadlineMs?: number | undefined
  maxWaitMs?: number | undefined
  observe?: ((event: RotateEvent) => void) | undefined
}

export type RotateEvent =
  | { kind: 'attempt-started'; lease: Lease; decision: Decision }
  /** Its first output is in hand: no other key will be tried. */
  | { kind: 'committed'; lease: Lease }
  | { kind: 'attempt-ended'; lease: Lease; outcome: Outcome; durationMs: number }
  /** No key can be used; wall-clock, null when it is not time but another request that has to end. */
  | { kind: 'parked'; untilMs: number | null }

export type RotateFailureReason =
  | 'no-keys'
  | 'keys-unavailable'
  | 'caller-fault'
  | 'upstream-failed'
  | 'address-blocked'
  | 'cancelled'
  | 'deadline'

export interface RotateFailure {
  ok: false
  reason: RotateFailureReason
  attempts: number
  lastOutcome: Outcome | null
  /** For failures that are about keys: every key, why it is out and when it is back. */
  keys: KeyReport[]
  /** When a new request would have a chance; wall-clock, null when nobody knows. */
  retryAtMs: number | null
}

export interface RotateSuccess<T> {
  ok: true
  value: T
  lease: Lease
  attempts: number
  /** What the books say in the end, which may be now; never rejects. */
  done: Promise<Outcome> | Outcome
}

export type RotateResult<T> = RotateSuccess<T> | RotateFailure

/** Runs one request over the pool's keys. Expected failures are values; only a bug in `attempt` is thrown. */
export function rotate<T>(pool: Pool, options: RotateOptions, attempt: Attempt<T>): Promise<RotateResult<T>> {
  return new RequestRun<T>(pool, options, attempt).run()
}

/** An attempt that is under way. */
interface Leased {
  lease: Lease
  startedMs: number
}

class RequestRun<T> {
  readonly #pool: Pool
  readonly #options: RotateOptions
  readonly #attempt: Attempt<T>
  #stop!: RequestStop
  readonly #tried = new Set<string>()
  #attempts = 0
  #sameKeyLeft = sameKeyRetries
  #hasMovedOn = false
  #again: string | undefined
  #afterKeyId: string | undefined
  #lastOutcome: Outcome | null = null
  #maxWaitMs = 0
  /** Set when the request first has to wait. */
  #waitsUntilMs: number | undefined
  #seat: Seat | undefined
  #leased: Leased | undefined

  constructor(pool: Pool, options: RotateOptions, attempt: Attempt<T>) {
    this.#pool = pool
    this.#options = options
    this.#attempt = attempt
  }

  async run(): Promise<RotateResult<T>> {
    const { signal, deadlineMs, maxWaitMs } = this.#options
    this.#maxWaitMs = checkDuration(maxWaitMs, this.#pool.maxWaitMs)
    this.#stop = new RequestStop(signal, checkDuration(deadlineMs, this.#pool.deadlineMs), this.#pool.clock)
    try {
      for (;;) {
        if (this.#stop.aborted) return this.#ended()
        const granted = this.#lease()
        if (!granted.ok) {
          const failure = await this.#park(granted)
          if (failure) return failure
          continue
        }
        const leased = this.#begin(granted)
        const result = await this.#attempt(granted.lease, this.#stop)
        if (result.committed) return this.#commit(leased, result)
        const decided = this.#next(granted.lease, this.#end(leased, result.outcome))
        const failure = decided instanceof Promise ? await decided : decided
        if (failure) return failure
      }
    } catch (bug) {
      this.#letGo()
      throw bug
    } finally {
      this.#seat?.leave()
    }
  }

  /** After a bug of the caller's: no key stays taken, and no timer keeps the process alive. */
  #letGo(): void {
    this.#stop.release()
    if (this.#leased) this.#end(this.#leased, cancelledOutcome)
  }

  #lease(): Granted | Denied {
    const { conversation, estimatedTokens, pinnedKeyId } = this.#options
    const ask = { attempt: this.#attempts + 1, conversation, estimatedTokens }
    if (this.#again !== undefined) {
      const again = this.#pool.lease({ ...ask, onlyKeyId: this.#again, onlyRule: 'same-key-again' })
      if (again.ok) return again
      // It has gone out in the meantime, for another request's reasons.
      this.#again = undefined
    }
    if (pinnedKeyId !== undefined) return this.#pool.lease({ ...ask, onlyKeyId: pinnedKeyId, onlyRule: 'pinned' })
    return this.#pool.lease({ ...ask, tried: this.#tried, afterKeyId: this.#afterKeyId })
  }

  #begin({ lease, decision }: Granted): Leased {
    const leased = { lease, startedMs: this.#pool.shared.nowMs() }
    this.#attempts += 1
    this.#tried.add(lease.keyId)
    this.#afterKeyId = lease.keyId
    this.#leased = leased
    this.#options.observe?.({ kind: 'attempt-started', lease, decision })
    return leased
  }

  /** The books of an attempt are closed once, whatever becomes of it. */
  #end(leased: Leased, outcome: Outcome): Outcome {
    if (this.#leased === leased) this.#leased = undefined
    const { lease, startedMs } = leased
    this.#pool.report(lease, outcome)
    const durationMs = this.#pool.shared.nowMs() - startedMs
    this.#options.observe?.({ kind: 'attempt-ended', lease, outcome, durationMs })
    return outcome
  }

  #commit(leased: Leased, { value, done }: Extract<AttemptResult<T>, { committed: true }>): RotateSuccess<T> {
    // From here on the books are closed by how the answer ends, and by nothing else.
    this.#leased = undefined
    const { lease } = leased
    this.#options.observe?.({ kind: 'committed', lease })
    const settle = (outcome: Outcome) => {
      this.#stop.release()
      return this.#end(leased, outcome)
    }
    const settled = done instanceof Promise ? done.then(settle, () => settle(cancelledOutcome)) : settle(done)
    return { ok: true, value, lease, attempts: this.#attempts, done: settled }
  }

  /** Decides after a failed attempt: undefined to go on, otherwise how the request ends. */
  #next(lease: Lease, outcome: Outcome): Promise<RotateFailure | undefined> | RotateFailure | undefined {
    this.#lastOutcome = outcome
    this.#again = undefined
    if (this.#stop.aborted) return this.#ended()
    switch (outcome.kind) {
      case 'rate-limited':
      case 'exhausted':
      case 'rejected':
      case 'not-allowed':
        return undefined
      case 'upstream-failed':
        return this.#afterUpstreamFailure(lease, outcome)
      case 'caller-fault':
        return this.#fail('caller-fault')
      case 'address-blocked':
        return this.#fail('address-blocked', this.#pool.hostHeldUntilMs)
      case 'cancelled':
        return this.#fail('cancelled')
      case 'broken-stream':
        return this.#fail('upstream-failed')
      case 'served':
        break
    }
    throw new TypeError('an attempt that was served must commit')
  }

  /** The same key again while that may help, then one other key, then no more. */
  async #afterUpstreamFailure(
    lease: Lease,
    outcome: Outcome & { kind: 'upstream-failed' },
  ): Promise<RotateFailure | undefined> {
    if (!this.#hasMovedOn && this.#sameKeyLeft > 0 && mayRetrySameKey(outcome)) {
      const failures = sameKeyRetries - this.#sameKeyLeft
      this.#sameKeyLeft -= 1
      this.#again = lease.keyId
      await sleep(backoffMs(failures, outcome.retryAfterMs, this.#pool.random), this.#stop, this.#pool.clock)
      return undefined
    }
    if (this.#hasMovedOn || isProxyFault(outcome) || this.#options.pinnedKeyId !== undefined)
      return this.#fail('upstream-failed')
    this.#hasMovedOn = true
    return undefined
  }

  /** Waits for the earliest key when it is near enough; keys that come back may be tried again. */
  async #park(denied: Denied): Promise<RotateFailure | undefined> {
    if (denied.why === 'no-keys' || denied.why === 'disposed') return this.#fail('no-keys')
    if (denied.why === 'address-held') return this.#fail('address-blocked', denied.retryAtMs)
    // Moving on was the last thing to try after the endpoint had failed, and there is nowhere to move.
    if (this.#hasMovedOn && this.#lastOutcome?.kind === 'upstream-failed') return this.#fail('upstream-failed')
    const nowMs = this.#pool.shared.nowMs()
    this.#waitsUntilMs ??= nowMs + this.#maxWaitMs
    const isNearEnough = denied.retryAtMs <= this.#waitsUntilMs
    if (nowMs >= this.#waitsUntilMs || (!isNearEnough && !denied.isBusy)) return this.#unavailable(denied)
    this.#seat ??= this.#pool.sit()
    this.#options.observe?.({ kind: 'parked', untilMs: this.#pool.toWallMs(denied.retryAtMs) })
    await this.#seat.wait(Math.min(denied.retryAtMs, this.#waitsUntilMs), this.#stop)
    this.#tried.clear()
    return undefined
  }

  #unavailable(denied: Denied): RotateFailure {
    return this.#fail(denied.why === 'endpoint-held' ? 'upstream-failed' : 'keys-unavailable', denied.retryAtMs)
  }

  #ended(): RotateFailure {
    return this.#fail(this.#stop.isPastDeadline ? 'deadline' : 'cancelled')
  }

  #fail(reason: RotateFailureReason, retryAtMs = Infinity): RotateFailure {
    this.#stop.release()
    const isAboutKeys = reason !== 'caller-fault' && reason !== 'cancelled' && reason !== 'no-keys'
    return {
      ok: false,
      reason,
      attempts: this.#attempts,
      lastOutcome: this.#lastOutcome,
      keys: isAboutKeys ? this.#pool.keyReports(this.#options.pinnedKeyId) : [],
      retryAtMs: this.#pool.toWallMs(retryAtMs),
    }
  }
}

const cancelledOutcome: Outcome = {
  kind: 'cancelled',
  status: null,
  providerCode: null,
  providerMessage: null,
  limits: null,
}
