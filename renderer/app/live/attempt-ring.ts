/**
 * An attempt keeps its ordinal for ever, and an ordinal that has been overwritten reads as gone, never as another
 * attempt. Columns of numbers outside React, so that a thousand attempts a second cost neither objects nor renders.
 */
import type { OutcomeKind, OutcomeView } from '../../../shared/outcome.ts'
import { outcomeKinds } from '../../../shared/outcome-kinds.ts'

export interface StartedAttempt {
  requestId: string
  /** Index of the key in the history's key table. */
  key: number
  number: number
  startedAtMs: number
  /** The attempt of the same request that failed before this one, or -1. */
  after: number
}

const initialSlots = 1_024
/** A minute of a thousand a second; what is older is counted by the journal. */
const maxAttempts = 2 ** 16

export class AttemptRing {
  readonly limit: number
  private slots: number
  private startedAt: Float64Array
  private endedAt: Float64Array
  private keys: Uint32Array
  private numbers: Uint16Array
  /** 0 while running, else the index of the outcome's kind plus one. */
  private kinds: Uint8Array
  private afters: Float64Array
  private nexts: Float64Array
  private requestIds: string[] = []
  private outcomes: (OutcomeView | null)[] = []
  private endLog: Float64Array
  /** The ordinal that the next attempt gets. */
  next = 0
  /** How many attempts have ended so far; `endedAs` names those that ended last. */
  ends = 0
  /** Ordinals of the attempts under way. */
  readonly running = new Set<number>()
  /** The latest end among the attempts that were overwritten: after it, all that happened is still held. */
  goneUntilMs = -Infinity

  constructor(limit = maxAttempts) {
    this.limit = limit
    this.slots = Math.min(initialSlots, limit)
    this.startedAt = new Float64Array(this.slots)
    this.endedAt = new Float64Array(this.slots)
    this.keys = new Uint32Array(this.slots)
    this.numbers = new Uint16Array(this.slots)
    this.kinds = new Uint8Array(this.slots)
    this.afters = new Float64Array(this.slots)
    this.nexts = new Float64Array(this.slots)
    this.endLog = new Float64Array(this.slots)
  }

  /** The oldest ordinal that is still held. */
  get first(): number {
    return Math.max(0, this.next - this.slots)
  }

  get size(): number {
    return this.next - this.first
  }

  has(ordinal: number): boolean {
    return ordinal >= this.first && ordinal < this.next
  }

  start(attempt: StartedAttempt): number {
    if (this.next >= this.slots && this.slots < this.limit) this.grow()
    const ordinal = this.next
    const slot = ordinal % this.slots
    if (ordinal >= this.slots) this.forget(ordinal - this.slots)
    this.startedAt[slot] = attempt.startedAtMs
    this.endedAt[slot] = Number.NaN
    this.keys[slot] = attempt.key
    this.numbers[slot] = attempt.number
    this.kinds[slot] = 0
    this.afters[slot] = attempt.after
    this.nexts[slot] = -1
    this.requestIds[slot] = attempt.requestId
    this.outcomes[slot] = null
    this.next += 1
    this.running.add(ordinal)
    if (this.has(attempt.after)) this.nexts[attempt.after % this.slots] = ordinal
    return ordinal
  }

  end(ordinal: number, endedAtMs: number, outcome: OutcomeView): void {
    this.finish(ordinal, endedAtMs, outcome.kind, outcome.kind === 'served' ? null : outcome)
  }

  /** Takes over everything that another ring holds, and returns what to add to its ordinals. */
  append(other: AttemptRing): number {
    const shift = this.next - other.first
    for (let ordinal = other.first; ordinal < other.next; ordinal += 1) {
      const after = other.after(ordinal)
      const copy = this.start({
        requestId: other.requestId(ordinal),
        key: other.key(ordinal),
        number: other.number(ordinal),
        startedAtMs: other.startedAtMs(ordinal),
        after: other.has(after) ? after + shift : -1,
      })
      const kind = other.kind(ordinal)
      if (kind !== null) this.finish(copy, other.endedAtMs(ordinal), kind, other.failure(ordinal))
    }
    this.goneUntilMs = Math.max(this.goneUntilMs, other.goneUntilMs)
    return shift
  }

  private finish(ordinal: number, endedAtMs: number, kind: OutcomeKind, failure: OutcomeView | null): void {
    if (!this.has(ordinal)) return
    const slot = ordinal % this.slots
    this.endedAt[slot] = endedAtMs
    this.kinds[slot] = outcomeKinds.indexOf(kind) + 1
    this.outcomes[slot] = failure
    this.running.delete(ordinal)
    this.endLog[this.ends % this.slots] = ordinal
    this.ends += 1
  }

  /** The ordinal of the attempt that was the n-th to end; -1 when that is too long ago to be known. */
  endedAs(nth: number): number {
    return nth >= Math.max(0, this.ends - this.slots) && nth < this.ends ? (this.endLog[nth % this.slots] ?? -1) : -1
  }

  startedAtMs = (ordinal: number) => this.startedAt[ordinal % this.slots] ?? Number.NaN
  /** NaN while the attempt runs. */
  endedAtMs = (ordinal: number) => this.endedAt[ordinal % this.slots] ?? Number.NaN
  key = (ordinal: number) => this.keys[ordinal % this.slots] ?? 0
  number = (ordinal: number) => this.numbers[ordinal % this.slots] ?? 0
  requestId = (ordinal: number) => this.requestIds[ordinal % this.slots] ?? ''
  /** What came back, when it was not an answer. */
  failure = (ordinal: number) => this.outcomes[ordinal % this.slots] ?? null
  /** The attempt that took over after this one, or -1. */
  takenOverBy = (ordinal: number) => this.nexts[ordinal % this.slots] ?? -1
  after = (ordinal: number) => this.afters[ordinal % this.slots] ?? -1
  kind = (ordinal: number) => outcomeKinds[(this.kinds[ordinal % this.slots] ?? 0) - 1] ?? null

  private forget(ordinal: number): void {
    const endedAtMs = this.endedAtMs(ordinal)
    this.running.delete(ordinal)
    if (endedAtMs > this.goneUntilMs) this.goneUntilMs = endedAtMs
  }

  private grow(): void {
    const slots = Math.min(this.limit, this.slots * 2)
    // Every ordinal so far is below the old size, so that its slot stays where it is.
    this.startedAt = grown(this.startedAt, new Float64Array(slots))
    this.endedAt = grown(this.endedAt, new Float64Array(slots))
    this.keys = grown(this.keys, new Uint32Array(slots))
    this.numbers = grown(this.numbers, new Uint16Array(slots))
    this.kinds = grown(this.kinds, new Uint8Array(slots))
    this.afters = grown(this.afters, new Float64Array(slots))
    this.nexts = grown(this.nexts, new Float64Array(slots))
    this.endLog = grown(this.endLog, new Float64Array(slots))
    this.slots = slots
  }
}

function grown<T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
