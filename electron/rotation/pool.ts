import type { KeyState } from '../../shared/key.ts'
import { Announcer, type PoolEvent } from './announcer.ts'
import { applyModelFact, bookOutcome } from './books.ts'
import type { Clock } from './clock.ts'
import type { HostMember } from './host-state.ts'
import { keepState, restoreState, type KeptState } from './kept-state.ts'
import { KeyLease } from './key-lease.ts'
import { buildKeyRing, type KeyRing } from './key-ring.ts'
import { checkPoolSpec, type KeySpec, type PoolNotice, type PoolSpec } from './key-spec.ts'
import { Standing } from './key-table.ts'
import type { Lease } from './lease.ts'
import { deniedFor, leaseForTest, leaseKey, type Denied, type Granted, type LeaseAsk } from './leasing.ts'
import type { ModelFact } from './ledger.ts'
import { pausedUntilMs } from './list-change.ts'
import type { Outcome } from './outcome.ts'
import { stateOf, viewKey, type KeyReport, type KeySnapshot, type Sight } from './pool-view.ts'
import { createSharedState, type SharedState } from './shared-state.ts'
import { failedByHand, verdict } from './verdict.ts'
import type { Seat } from './waiting-room.ts'

export type { PoolEvent }

export interface PoolDeps {
  clock: Clock
  /** Uniform in [0, 1). */
  random: () => number
  /** Pools that are given the same one share hosts and credentials. */
  shared?: SharedState | undefined
  /** Hears of every change of a key's state, also of those that only time brings. */
  observe?: ((event: PoolEvent) => void) | undefined
}

export interface PoolSnapshot {
  id: string
  model: string
  host: string
  strategy: PoolSpec['strategy']
  keys: KeySnapshot[]
  /** The key leased last. */
  currentKeyId: string | null
  /** The key that the next request would get. */
  nextKeyId: string | null
}

/**
 * The keys of one model. A lease is handed out for one attempt and reported once; a report is about the key that was
 * leased, in whatever order reports arrive and however the list has changed since. Asking changes nothing.
 */
export class Pool implements HostMember {
  readonly clock: Clock
  readonly random: () => number
  readonly shared: SharedState
  readonly #announcer: Announcer
  #ring: KeyRing
  #currentKeyId: string | null = null
  #isDisposed = false

  constructor(spec: PoolSpec, deps: PoolDeps) {
    this.clock = deps.clock
    this.random = deps.random
    this.shared = deps.shared ?? createSharedState(deps.clock)
    this.#announcer = new Announcer(
      {
        keyState: (slot) => this.#keyState(slot),
        nextChangeMs: () => this.#ring.availability.nextChangeMs,
        wake: () => this.#ring.availability.wake(),
      },
      deps.clock,
      () => this.shared.nowMs(),
      deps.observe,
    )
    this.#ring = this.#build(spec, undefined)
    this.#ring.host.join(this)
    this.#announcer.forget()
    this.#announcer.flush()
  }

  get id() {
    return this.#ring.spec.id
  }

  get model() {
    return this.#ring.spec.model
  }

  get host() {
    return this.#ring.spec.host
  }

  get maxWaitMs() {
    return this.#ring.spec.maxWaitMs
  }

  get deadlineMs() {
    return this.#ring.spec.deadlineMs
  }

  /** What was set right in the list as it was given. */
  get notices(): readonly PoolNotice[] {
    return this.#ring.spec.notices
  }

  /** Takes a new list: keys that stay keep their state, and the rotation goes on from where it was. */
  configure(spec: PoolSpec): void {
    if (this.#isDisposed) return
    const before = this.#ring
    this.#ring = this.#build(spec, before)
    if (this.#ring.host !== before.host) {
      before.host.leave(this)
      this.#ring.host.join(this)
    }
    this.#ring.host.listChanged()
    this.#announcer.forget()
    for (let slot = 0; slot < this.#ring.table.size; slot += 1) this.#noteChange(slot)
    // Who waits may be waiting for a key that is gone.
    this.#announcer.noteUsable()
    this.#announcer.flush()
  }

  lease(ask: LeaseAsk): Granted | Denied {
    if (this.#isDisposed) return deniedFor('disposed')
    this.#ring.availability.wake()
    const answer = leaseKey(this.#ring, ask, this.shared)
    if (answer.ok) this.#currentKeyId = answer.lease.keyId
    this.#announcer.flush()
    return answer
  }

  /** Leases this key whatever its standing, to test it; undefined when there is no such key. */
  leaseForTest(keyId: string): Granted | undefined {
    if (this.#isDisposed) return undefined
    this.#ring.availability.wake()
    const granted = leaseForTest(this.#ring, keyId, this.shared)
    this.#announcer.flush()
    return granted
  }

  /** Learns from what became of a lease. False when it had been reported before, or is not one. */
  report(lease: Lease, outcome: Outcome): boolean {
    if (!(lease instanceof KeyLease) || !lease.close()) return false
    const { table, domains, availability, order } = this.#ring
    const { host, fingerprint } = lease.facts
    const slot = this.#slotOf(lease)
    if (slot >= 0) bookOutcome(table, domains, slot, lease, outcome, this.shared)
    host.endCredentialProbe(fingerprint, lease.leaseId)
    for (const fact of verdict(lease, outcome, slot, table, domains)) this.shared.ledger.publish(fact)
    host.report({ leaseId: lease.leaseId, fingerprint, outcome })
    if (slot >= 0) {
      availability.settle(slot)
      order.changed(slot)
    }
    this.#announcer.flush()
    return true
  }

  /** A person or a program says that the key has failed, without a lease: it cools down on the default ladder. */
  markFailed(keyId: string): boolean {
    return this.#publishAbout(keyId, (slot) => [failedByHand(this.#ring, slot)])
  }

  /** Forgets everything that kept the key out; not a pause, which is a person's, nor its limits. */
  forgive(keyId: string): boolean {
    return this.#publishAbout(keyId, (slot) => {
      const of = { host: this.host, fingerprint: this.#ring.table.keys[slot]!.fingerprint }
      return [
        { kind: 'trusted', ...of },
        { kind: 'forgiven', ...of, model: this.model },
      ]
    })
  }

  /** Takes a key out of the rotation by hand, until a wall-clock time or until it is resumed. */
  setPaused(keyId: string, paused: KeySpec['paused']): boolean {
    const slot = this.#ring.table.slotOfId(keyId)
    if (slot < 0) return false
    this.#ring.table.pausedUntilMs[slot] = pausedUntilMs(paused, this.shared)
    this.#ring.availability.settle(slot)
    this.#announcer.flush()
    return true
  }

  snapshot(): PoolSnapshot {
    const sight = this.#look()
    const { spec, table } = this.#ring
    return {
      id: spec.id,
      model: spec.model,
      host: spec.host,
      strategy: spec.strategy,
      keys: table.keys.map((_key, slot) => viewKey(sight, slot)),
      currentKeyId: this.#currentKeyId !== null && table.slotOfId(this.#currentKeyId) >= 0 ? this.#currentKeyId : null,
      nextKeyId: this.nextPicks(1)[0] ?? null,
    }
  }

  /** The keys that the next requests would get if nothing else happened. */
  nextPicks(count: number): string[] {
    const { nowMs } = this.#look()
    const { host, order, table } = this.#ring
    if (host.gate.state(nowMs) === 'closed') return []
    return order.rehearse(count).map((slot) => table.keys[slot]!.id)
  }

  /** Why each key, or one of them, is in or out. */
  keyReports(onlyKeyId?: string): KeyReport[] {
    const sight = this.#look()
    const { table } = this.#ring
    const slots = onlyKeyId === undefined ? table.keys.keys() : [table.slotOfId(onlyKeyId)].values()
    return slots
      .filter((slot) => slot >= 0)
      .map((slot) => {
        const { keyId, label, state, lastOutcome } = viewKey(sight, slot)
        return { keyId, label, state, lastOutcome }
      })
      .toArray()
  }

  stateOfKey(keyId: string): KeyState | undefined {
    return this.keyReports(keyId)[0]?.state
  }

  /** How many keys are in the rotation now. */
  get usableCount(): number {
    this.#look()
    return this.#ring.order.size
  }

  /** When the host is free again; Infinity while it depends on another request. */
  get hostHeldUntilMs(): number {
    const { gate } = this.#ring.host
    return gate.isProbing ? Infinity : gate.heldUntilMs
  }

  sit(): Seat {
    return this.#announcer.room.sit()
  }

  toWallMs(atMs: number): number | null {
    return atMs === Infinity ? null : atMs - this.shared.nowMs() + this.shared.wallMs()
  }

  /** What has to survive a restart, with wall-clock times; for a copy, the shorter cooldowns too. */
  exportState(shortestCoolingMs?: number): KeptState {
    this.#look()
    return keepState(this.#ring, this.shared, shortestCoolingMs)
  }

  /** Takes up what was kept. False, and nothing changes, when it is not something that was exported. */
  importState(kept: unknown): boolean {
    const isTaken = restoreState(kept, this.#ring, this.shared)
    this.#announcer.flush()
    return isTaken
  }

  dispose(): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    this.#ring.host.leave(this)
    this.#announcer.close()
  }

  fingerprintOf(keyId: string): string | undefined {
    const { table } = this.#ring
    return table.keys[table.slotOfId(keyId)]?.fingerprint
  }

  keyIdOf(fingerprint: string): string | undefined {
    const { table } = this.#ring
    return table.keys[table.slotOfFingerprint(fingerprint)]?.id
  }

  fingerprints(): readonly string[] {
    return this.#ring.spec.keys.map((key) => key.fingerprint)
  }

  modelFact(fact: ModelFact): void {
    const { table, availability, order } = this.#ring
    const slot = table.slotOfFingerprint(fact.fingerprint)
    if (slot < 0) return
    applyModelFact(table, slot, fact, this.shared)
    availability.settle(slot)
    order.changed(slot)
    this.#announcer.flush()
  }

  credentialChanged(fingerprint: string): void {
    const slot = this.#ring.table.slotOfFingerprint(fingerprint)
    if (slot < 0) return
    this.#ring.availability.settle(slot)
    this.#announcer.flush()
  }

  gateChanged(): void {
    const { table } = this.#ring
    for (let slot = 0; this.#announcer.isObserved && slot < table.size; slot += 1) {
      if (table.standing[slot] === Standing.ready) this.#noteChange(slot)
    }
    this.#announcer.noteUsable()
    this.#announcer.flush()
  }

  /** Nobody had announced these cooldowns, and they turned out not to be the keys' own: no key has to prove itself. */
  stormOver(): void {
    const { table, availability } = this.#ring
    for (let slot = 0; slot < table.size; slot += 1) {
      if (table.halfOpen[slot] === 0 || table.announced[slot] === 1) continue
      table.coolingUntilMs[slot] = 0
      table.coolingStep[slot] = 0
      table.halfOpen[slot] = 0
      availability.settle(slot)
    }
    this.#announcer.flush()
  }

  #build(spec: PoolSpec, before: KeyRing | undefined): KeyRing {
    const ring = buildKeyRing(checkPoolSpec(spec), before, this.shared, (slot) => {
      // An observer may have changed the list in the middle of a report; slots of the old one mean nothing now.
      if (this.#ring === ring) this.#noteChange(slot)
    })
    return ring
  }

  /** The key's slot, if the secret that was leased is still in the list and has been since. */
  #slotOf(lease: KeyLease): number {
    const { host, table } = this.#ring
    if (lease.facts.host !== host) return -1
    const slot = table.slotOfFingerprint(lease.facts.fingerprint)
    return slot >= 0 && table.generation[slot] === lease.facts.generation ? slot : -1
  }

  #publishAbout(keyId: string, facts: (slot: number) => Parameters<SharedState['ledger']['publish']>[0][]): boolean {
    const slot = this.#ring.table.slotOfId(keyId)
    if (slot < 0) return false
    for (const fact of facts(slot)) this.shared.ledger.publish(fact)
    return true
  }

  /** Time may have brought keys back since anybody asked. */
  #look(): Sight {
    this.#ring.availability.wake()
    this.#announcer.flush()
    return this.#sight()
  }

  #sight(): Sight {
    const { table, host } = this.#ring
    return { table, host, nowMs: this.shared.nowMs(), wallMs: this.shared.wallMs() }
  }

  #noteChange(slot: number): void {
    this.#announcer.noteChange(slot, this.#ring.table.standing[slot] === Standing.ready)
  }

  #keyState(slot: number): PoolEvent {
    return { kind: 'key-state', keyId: this.#ring.table.keys[slot]!.id, state: stateOf(this.#sight(), slot) }
  }
}
