import { holdMs, type HoldReason } from './cooldown.ts'
import type { Outcome } from './outcome.ts'
import { isProxyFault } from './retry.ts'

/**
 * Whether a host takes requests at all. What is the host's fault, the address's or the whole account's is held here and
 * never at a key: while the gate is closed nobody goes through, and when a hold is over one probe goes alone.
 */

const failuresThatOpenTheBreaker = 5
const stormWindowMs = 2_000
const stormKeys = 3

interface Hold {
  /** In the process's sequence: only leases after it are news. */
  sinceSeq: number
  untilMs: number
  step: number
}

export interface GateReport {
  leaseId: number
  fingerprint: string
  outcome: Outcome
  nowMs: number
  seq: number
  /** Distinct credentials known at this host. */
  countCredentials: () => number
}

export interface GateChange {
  changed: boolean
  /** A storm is over: cooldowns that nobody announced were not the keys' own. */
  stormOver: boolean
}

export class HostGate {
  readonly #holds = new Map<HoldReason, Hold>()
  /** Who was rate-limited lately without a deadline, oldest first. */
  readonly #limited = new Map<string, number>()
  #failuresInARow = 0
  #probe = 0

  state(nowMs: number): 'open' | 'probe' | 'closed' {
    if (this.#holds.size === 0) return 'open'
    if (this.#probe !== 0) return 'closed'
    return this.heldUntilMs <= nowMs ? 'probe' : 'closed'
  }

  get heldUntilMs(): number {
    let untilMs = 0
    for (const hold of this.#holds.values()) untilMs = Math.max(untilMs, hold.untilMs)
    return untilMs
  }

  get isProbing() {
    return this.#probe !== 0
  }

  get reason(): HoldReason | undefined {
    for (const reason of ['address', 'breaker', 'storm'] as const) if (this.#holds.has(reason)) return reason
    return undefined
  }

  startProbe(leaseId: number): void {
    this.#probe = leaseId
  }

  report(report: GateReport): GateChange {
    const isProbe = this.#probe === report.leaseId
    if (isProbe) this.#probe = 0
    const { stormOver, changed } = this.#learn(report, isProbe)
    return { stormOver, changed: changed || isProbe }
  }

  #learn(report: GateReport, isProbe: boolean): GateChange {
    const nothing = { changed: false, stormOver: false }
    switch (report.outcome.kind) {
      case 'cancelled':
      case 'broken-stream':
        return nothing
      case 'address-blocked':
        this.#failuresInARow = 0
        return { changed: this.#hold('address', report), stormOver: false }
      case 'upstream-failed':
        if (isProxyFault(report.outcome)) return nothing
        this.#failuresInARow += 1
        if (!this.#holds.has('breaker') && this.#failuresInARow < failuresThatOpenTheBreaker) return nothing
        return { changed: this.#hold('breaker', report), stormOver: false }
      case 'rate-limited': {
        const answered = this.#answered(report)
        return { changed: this.#limitedAgain(report, isProbe) || answered, stormOver: false }
      }
      case 'served': {
        const answered = this.#answered(report)
        const stormOver = this.#release('storm', report)
        return { changed: answered || stormOver, stormOver }
      }
      case 'caller-fault':
      case 'not-allowed':
      case 'exhausted':
      case 'rejected':
        break
    }
    return { changed: this.#answered(report), stormOver: false }
  }

  /** Any answer of the provider's own shows that the endpoint works and that the address may speak to it. */
  #answered(report: GateReport): boolean {
    this.#failuresInARow = 0
    const address = this.#release('address', report)
    return this.#release('breaker', report) || address
  }

  /** At least half of three or more keys at once: that is not the keys. */
  #limitedAgain(report: GateReport, isProbe: boolean): boolean {
    if (report.outcome.kind !== 'rate-limited' || report.outcome.retryAfterMs !== null) return false
    if (this.#holds.has('storm')) return isProbe && this.#hold('storm', report)
    this.#limited.delete(report.fingerprint)
    this.#limited.set(report.fingerprint, report.nowMs)
    for (const [fingerprint, atMs] of this.#limited) {
      if (atMs > report.nowMs - stormWindowMs) break
      this.#limited.delete(fingerprint)
    }
    if (this.#limited.size * 2 < stormKeys) return false
    const credentials = report.countCredentials()
    if (credentials < stormKeys || this.#limited.size * 2 < credentials) return false
    this.#limited.clear()
    return this.#hold('storm', report)
  }

  /** A lease from before the hold says nothing new, so it does not lengthen it. */
  #hold(reason: HoldReason, report: GateReport): boolean {
    const held = this.#holds.get(reason)
    if (held && report.leaseId < held.sinceSeq) return false
    const step = held ? held.step + 1 : 0
    this.#holds.set(reason, { sinceSeq: report.seq, untilMs: report.nowMs + holdMs(reason, step), step })
    return true
  }

  #release(reason: HoldReason, report: GateReport): boolean {
    const held = this.#holds.get(reason)
    if (!held || report.leaseId < held.sinceSeq) return false
    return this.#holds.delete(reason)
  }
}
