import type { Outcome } from './outcome.ts'
import type { CheckedPoolSpec, KeySpec } from './key-spec.ts'
import type { LimitBook } from './key-limits.ts'

/** What keeps a key out, in the order in which it is named when several hold. */
export const Standing = {
  ready: 0,
  paused: 1,
  expired: 2,
  rejected: 3,
  exhausted: 4,
  notAllowed: 5,
  cooling: 6,
  probing: 7,
  /** A limit that time lifts. */
  atLimit: 8,
  /** As many leases as the key may have at once. */
  atConcurrency: 9,
} as const
export type Standing = (typeof Standing)[keyof typeof Standing]
export const standingCount = 10

/**
 * What one pool knows of its keys, a column a fact and a slot a key, in the list's order. Columns keep 100,000 keys
 * small; all times are monotonic. Nobody decides anything here.
 */
export class KeyTable {
  readonly keys: readonly KeySpec[]
  readonly #slotById: ReadonlyMap<string, number>
  readonly #slotByFingerprint: ReadonlyMap<string, number>

  readonly standing: Uint8Array
  /** Names one stay of a secret in the list, so that a late report about an earlier one is known as such. */
  readonly generation: Float64Array
  readonly pausedUntilMs: Float64Array
  readonly expiresAtMs: Float64Array
  readonly coolingUntilMs: Float64Array
  /** When the newest cooldown began, in the process's sequence: only leases after it are news about the key. */
  readonly cooledSeq: Float64Array
  readonly announced: Uint8Array
  readonly coolingStep: Uint8Array
  /** After a cooldown: one lease at a time until one is served. */
  readonly halfOpen: Uint8Array
  readonly notAllowed: Uint8Array
  /** The lease that is the half-open probe, or 0. */
  readonly probe: Float64Array
  readonly inFlight: Int32Array
  readonly requests: Float64Array
  readonly served: Float64Array
  readonly failed: Float64Array
  /** Wall-clock; 0 for never. */
  readonly lastUsedAtMs: Float64Array
  /** Counts leases across the pool: who has the smallest was used least recently. */
  readonly lastTurn: Float64Array
  readonly lastOutcome: (Outcome | undefined)[]
  readonly lastFailure: (Outcome | undefined)[]
  readonly limits: (LimitBook | undefined)[]

  constructor({ keys, slotById, slotByFingerprint }: Pick<CheckedPoolSpec, 'keys' | 'slotById' | 'slotByFingerprint'>) {
    const count = keys.length
    this.keys = keys
    this.#slotById = slotById
    this.#slotByFingerprint = slotByFingerprint
    this.standing = new Uint8Array(count)
    this.generation = new Float64Array(count)
    this.pausedUntilMs = new Float64Array(count)
    this.expiresAtMs = new Float64Array(count).fill(Infinity)
    this.coolingUntilMs = new Float64Array(count)
    this.cooledSeq = new Float64Array(count)
    this.announced = new Uint8Array(count)
    this.coolingStep = new Uint8Array(count)
    this.halfOpen = new Uint8Array(count)
    this.notAllowed = new Uint8Array(count)
    this.probe = new Float64Array(count)
    this.inFlight = new Int32Array(count)
    this.requests = new Float64Array(count)
    this.served = new Float64Array(count)
    this.failed = new Float64Array(count)
    this.lastUsedAtMs = new Float64Array(count)
    this.lastTurn = new Float64Array(count)
    this.lastOutcome = Array.from({ length: count })
    this.lastFailure = Array.from({ length: count })
    this.limits = Array.from({ length: count })
  }

  get size() {
    return this.keys.length
  }

  slotOfId(keyId: string): number {
    return this.#slotById.get(keyId) ?? -1
  }

  slotOfFingerprint(fingerprint: string): number {
    return this.#slotByFingerprint.get(fingerprint) ?? -1
  }

  /** Takes over what was known of a key that stays; what the list itself says of it is not state and is not copied. */
  adopt(slot: number, from: KeyTable, fromSlot: number): void {
    this.generation[slot] = from.generation[fromSlot]!
    this.coolingUntilMs[slot] = from.coolingUntilMs[fromSlot]!
    this.cooledSeq[slot] = from.cooledSeq[fromSlot]!
    this.announced[slot] = from.announced[fromSlot]!
    this.coolingStep[slot] = from.coolingStep[fromSlot]!
    this.halfOpen[slot] = from.halfOpen[fromSlot]!
    this.notAllowed[slot] = from.notAllowed[fromSlot]!
    this.probe[slot] = from.probe[fromSlot]!
    this.inFlight[slot] = from.inFlight[fromSlot]!
    this.requests[slot] = from.requests[fromSlot]!
    this.served[slot] = from.served[fromSlot]!
    this.failed[slot] = from.failed[fromSlot]!
    this.lastUsedAtMs[slot] = from.lastUsedAtMs[fromSlot]!
    this.lastTurn[slot] = from.lastTurn[fromSlot]!
    this.lastOutcome[slot] = from.lastOutcome[fromSlot]
    this.lastFailure[slot] = from.lastFailure[fromSlot]
    this.limits[slot] = from.limits[fromSlot]
  }
}
