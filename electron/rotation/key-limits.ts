import type { KeyLimits } from './key-spec.ts'
import type { LearnedLimits } from './outcome.ts'
import { RateWindow } from './rate-window.ts'

export type LimitName = 'rpm' | 'tpm' | 'rpd'

/** A request whose size nobody told us. */
const typicalTokens = 1_000
/** What an answer says about its limits is not believed for longer than a Retry-After is. */
const learnedForMs = 3_600_000

/** What one key has spent of its limits, set by a person or learnt from the provider's headers. */
export class LimitBook {
  #set: KeyLimits = {}
  #isSet = false
  #requests: RateWindow | undefined
  #tokens: RateWindow | undefined
  #today = 0
  /** Wall-clock: a day ends when people's clocks say so. */
  #dayEndsAtMs = 0
  #requestsLeft = Infinity
  #requestsResetMs = 0
  #tokensLeft = Infinity
  #tokensResetMs = 0
  #tokensEach = typicalTokens
  /** Which limit `freeAtMs` named last. */
  limit: LimitName = 'rpm'

  setLimits(limits: KeyLimits): void {
    this.#set = limits
    this.#isSet = Object.values(limits).some((limit) => limit !== undefined)
    this.#requests = limits.requestsPerMinute === undefined ? undefined : (this.#requests ?? new RateWindow())
    this.#tokens = limits.tokensPerMinute === undefined ? undefined : (this.#tokens ?? new RateWindow())
  }

  get concurrency(): number {
    return this.#set.concurrency ?? Infinity
  }

  /** Whether a person set limits; only then does spending concern other gateways. */
  get isShared(): boolean {
    return this.#isSet
  }

  /**
   * A lease (its tokens are set aside at once, so that leases that run together do not overrun the limit), or a
   * correction of an earlier one once its size is known.
   */
  spend(spent: { requests: number; tokens: number; agoMs: number }, nowMs: number, wallMs: number): void {
    this.#requests?.add(nowMs - spent.agoMs, nowMs, spent.requests)
    this.#tokens?.add(nowMs - spent.agoMs, nowMs, spent.tokens)
    if (this.#set.requestsPerDay !== undefined) {
      this.#turnDay(wallMs)
      this.#today += spent.requests
    }
    // Our countdown between two answers is a guess: it orders keys, and only a stated zero takes one out.
    if (spent.requests > 0) this.#requestsLeft = countDown(this.#requestsLeft, spent.requests)
    if (spent.tokens > 0) this.#tokensLeft = countDown(this.#tokensLeft, spent.tokens)
  }

  /** How large requests are here, for turning tokens into requests. */
  noteSize(usedTokens: number): void {
    if (usedTokens > 0) this.#tokensEach = 0.8 * this.#tokensEach + 0.2 * usedTokens
  }

  learn(learned: LearnedLimits, nowMs: number): void {
    if (learned.requestsRemaining !== null && learned.requestsResetMs !== null) {
      this.#requestsLeft = learned.requestsRemaining
      this.#requestsResetMs = nowMs + Math.min(learned.requestsResetMs, learnedForMs)
    }
    if (learned.tokensRemaining !== null && learned.tokensResetMs !== null) {
      this.#tokensLeft = learned.tokensRemaining
      this.#tokensResetMs = nowMs + Math.min(learned.tokensResetMs, learnedForMs)
    }
  }

  /**
   * When the key is within all its limits again; not after `nowMs` when it is. A request larger than what is left of
   * the tokens is let through as long as something is left, so a minute is overrun by at most one request.
   */
  freeAtMs(nowMs: number, wallMs: number): number {
    this.#forget(nowMs)
    let freeAtMs = nowMs
    const consider = (limit: LimitName, atMs: number) => {
      if (atMs <= freeAtMs) return
      freeAtMs = atMs
      this.limit = limit
    }
    const { requestsPerMinute, tokensPerMinute, requestsPerDay } = this.#set
    if (requestsPerMinute !== undefined) consider('rpm', this.#requests!.freeAtMs(nowMs, requestsPerMinute))
    if (tokensPerMinute !== undefined) consider('tpm', this.#tokens!.freeAtMs(nowMs, tokensPerMinute))
    if (requestsPerDay !== undefined) {
      this.#turnDay(wallMs)
      if (this.#today >= requestsPerDay) consider('rpd', nowMs + (this.#dayEndsAtMs - wallMs))
    }
    if (this.#requestsLeft === 0) consider('rpm', this.#requestsResetMs)
    if (this.#tokensLeft === 0) consider('tpm', this.#tokensResetMs)
    return freeAtMs
  }

  /** How many more requests the key can take, as far as anybody knows; Infinity when nobody said. */
  headroom(nowMs: number, wallMs: number): number {
    this.#forget(nowMs)
    const { requestsPerMinute, tokensPerMinute, requestsPerDay } = this.#set
    let left = Math.min(this.#requestsLeft, this.#tokensLeft / this.#tokensEach)
    if (requestsPerMinute !== undefined) left = Math.min(left, requestsPerMinute - this.#requests!.used(nowMs))
    if (tokensPerMinute !== undefined) {
      left = Math.min(left, (tokensPerMinute - this.#tokens!.used(nowMs)) / this.#tokensEach)
    }
    if (requestsPerDay !== undefined) {
      this.#turnDay(wallMs)
      left = Math.min(left, requestsPerDay - this.#today)
    }
    return left
  }

  /** When the headroom changes by itself. */
  changesAtMs(nowMs: number, wallMs: number): number {
    this.#forget(nowMs)
    let atMs = Math.min(this.#requests?.nextChangeMs(nowMs) ?? Infinity, this.#tokens?.nextChangeMs(nowMs) ?? Infinity)
    if (this.#requestsLeft !== Infinity) atMs = Math.min(atMs, this.#requestsResetMs)
    if (this.#tokensLeft !== Infinity) atMs = Math.min(atMs, this.#tokensResetMs)
    if (this.#set.requestsPerDay !== undefined && this.#today > 0) {
      atMs = Math.min(atMs, nowMs + Math.max(0, this.#dayEndsAtMs - wallMs))
    }
    return atMs
  }

  get day(): { count: number; endsAtMs: number } | undefined {
    return this.#today > 0 ? { count: this.#today, endsAtMs: this.#dayEndsAtMs } : undefined
  }

  /** Counts what was spent elsewhere or before a restart towards a day that has not ended. */
  restoreDay(count: number, endsAtMs: number, wallMs: number): void {
    if (endsAtMs <= wallMs) return
    this.#today = Math.max(this.#today, count)
    this.#dayEndsAtMs = endsAtMs
  }

  #turnDay(wallMs: number): void {
    if (wallMs < this.#dayEndsAtMs) return
    this.#today = 0
    this.#dayEndsAtMs = endOfDayMs(wallMs, this.#set.dayStartsAtUtcMinute)
  }

  #forget(nowMs: number): void {
    if (this.#requestsResetMs <= nowMs) this.#requestsLeft = Infinity
    if (this.#tokensResetMs <= nowMs) this.#tokensLeft = Infinity
  }
}

function countDown(left: number, by: number): number {
  return Math.max(Math.min(1, left), left - by)
}

/** Local midnight, or the minute of the UTC day that was set. */
export function endOfDayMs(wallMs: number, startsAtUtcMinute: number | undefined): number {
  if (startsAtUtcMinute === undefined) return new Date(wallMs).setHours(24, 0, 0, 0)
  const dayMs = 86_400_000
  const startMs = startsAtUtcMinute * 60_000
  return (Math.floor((wallMs - startMs) / dayMs) + 1) * dayMs + startMs
}
