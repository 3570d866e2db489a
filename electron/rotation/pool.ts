import type { KeyState } from '../../shared/key.ts'
import { Availability } from './availability.ts'
import { applyModelFact, bookOutcome, spendLease } from './books.ts'
import type { Clock } from './clock.ts'
import { DecisionBook, type Decision } from './decision.ts'
import type { HostMember, HostState } from './host-state.ts'
import { KeyLease } from './key-lease.ts'
import { checkPoolSpec, type KeySpec, type PoolNotice, type PoolSpec } from './key-spec.ts'
import { Standing } from './key-table.ts'
import type { Lease } from './lease.ts'
import type { ModelFact } from './ledger.ts'
import { buildKeyList, pausedUntilMs, positionIn, type KeyList } from './list-change.ts'
import { createOrder } from './order/create-order.ts'
import type { Ask, Order, Rule } from './order/order.ts'
import type { Outcome } from './outcome.ts'
import { stateOf, viewKey, type KeyReport, type KeySnapshot, type Sight } from './pool-view.ts'
import { createSharedState, type SharedState } from './shared-state.ts'
import { verdict } from './verdict.ts'
import { WaitingRoom, type Seat } from './waiting-room.ts'

export type PoolEvent = { kind: 'key-state'; keyId: string; state: KeyState }

export interface PoolDeps {
  clock: Clock
  /** Uniform in [0, 1). */
  random: () => number
  /** Pools that are given the same one share hosts and credentials. */
  shared?: SharedState | undefined
  /** Hears of every change of a key's state, also of those that only time brings. */
  observe?: ((event: PoolEvent) => void) | undefined
}

export interface LeaseAsk {
  /** 1 for the request's first lease. */
  attempt: number
  /** Keys that this request has tried in this rotation. */
  tried?: ReadonlySet<string> | undefined
  /** The key that failed just before. */
  afterKeyId?: string | undefined
  conversation?: string | undefined
  /** Only this key will do. */
  onlyKeyId?: string | undefined
  /** Why only this one. */
  onlyRule?: 'pinned' | 'same-key-again' | undefined
  estimatedTokens?: number | undefined
}

export interface Granted {
  ok: true
  lease: Lease
  decision: Decision
}

export interface Denied {
  ok: false
  why: 'no-keys' | 'disposed' | 'address-held' | 'endpoint-held' | 'keys-out'
  /** Monotonic; Infinity when time alone brings nothing back. */
  retryAtMs: number
  /** Whether another lease that is out may bring a key back. */
  isBusy: boolean
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
  readonly #clock: Clock
  readonly #observe: PoolDeps['observe']
  readonly random: () => number
  readonly shared: SharedState
  readonly #room: WaitingRoom
  #list: KeyList | undefined
  #host!: HostState
  #order!: Order
  #availability!: Availability
  #decisions!: DecisionBook
  #currentKeyId: string | null = null
  #isDisposed = false
  #hasNewUsable = false
  #changedSlots: number[] = []
  #timer: { atMs: number; cancel: () => void } | undefined

  constructor(spec: PoolSpec, deps: PoolDeps) {
    this.#clock = deps.clock
    this.#observe = deps.observe
    this.random = deps.random
    this.shared = deps.shared ?? createSharedState(deps.clock)
    this.#room = new WaitingRoom(deps.clock, () => this.shared.nowMs())
    this.configure(spec)
  }

  get #table() {
    return this.#list!.table
  }

  get #spec() {
    return this.#list!.spec
  }

  get id() {
    return this.#spec.id
  }

  get model() {
    return this.#spec.model
  }

  get host() {
    return this.#spec.host
  }

  get maxWaitMs() {
    return this.#spec.maxWaitMs
  }

  get deadlineMs() {
    return this.#spec.deadlineMs
  }

  get clock() {
    return this.#clock
  }

  /** What was set right in the list as it was given. */
  get notices(): readonly PoolNotice[] {
    return this.#spec.notices
  }

  get size() {
    return this.#table.size
  }

  /** Takes a new list: keys that stay keep their state, and the rotation goes on from where it was. */
  configure(spec: PoolSpec): void {
    const checked = checkPoolSpec(spec)
    const before = this.#list ? { list: this.#list, order: this.#order } : undefined
    const list = buildKeyList(checked, before?.list, this.shared)
    this.#moveTo(this.shared.host(checked.host), before?.list.spec.keys ?? [], checked.keys)
    this.#list = list
    this.#order = createOrder(checked.strategy, list.table, (slot) => this.#headroom(slot))
    if (before) this.#order.position = positionIn(list.table, before.list.table, before.order.position)
    this.#availability = new Availability({
      table: list.table,
      order: this.#order,
      host: this.#host,
      nowMs: () => this.shared.nowMs(),
      wallMs: () => this.shared.wallMs(),
      watchesHeadroom: checked.strategy === 'most-headroom',
      changed: (slot) => this.#noteChange(slot),
    })
    this.#availability.fill()
    this.#decisions = new DecisionBook(list.table, this.#availability)
    this.#changedSlots = before && this.#observe ? [...list.table.keys.keys()] : []
    this.#hasNewUsable = true
    this.#flush()
  }

  lease(ask: LeaseAsk): Granted | Denied {
    if (this.#isDisposed) return denied('disposed')
    if (this.#table.size === 0) return denied('no-keys')
    this.#availability.wake()
    const granted = this.#leaseUsable(ask)
    this.#flush()
    return granted
  }

  /** Leases this key whatever its standing, to test it. */
  leaseForTest(keyId: string): Granted | undefined {
    const slot = this.#table.slotOfId(keyId)
    if (slot < 0 || this.#isDisposed) return undefined
    this.#availability.wake()
    const granted = this.#grant(slot, 'manual-test', { attempt: 1 }, undefined)
    this.#flush()
    return granted
  }

  /** Learns from what became of a lease. False when it had been reported before, or is not one. */
  report(lease: Lease, outcome: Outcome): boolean {
    if (!(lease instanceof KeyLease) || !lease.close()) return false
    const { host, fingerprint, generation } = lease.facts
    const found = host === this.#host ? this.#table.slotOfFingerprint(fingerprint) : -1
    const slot = found >= 0 && this.#table.generation[found] === generation ? found : -1
    if (slot >= 0) bookOutcome(this.#table, this.#list!.domains, slot, lease, outcome, this.shared)
    host.endCredentialProbe(fingerprint, lease.leaseId)
    for (const fact of verdict(lease, outcome, slot, this.#table, this.#list!.domains)) this.shared.ledger.publish(fact)
    host.report({ leaseId: lease.leaseId, fingerprint, outcome })
    if (slot >= 0) {
      this.#availability.settle(slot)
      this.#order.changed(slot)
    }
    this.#flush()
    return true
  }

  /** Takes a key out of the rotation by hand, until a wall-clock time or until it is resumed. */
  setPaused(keyId: string, paused: KeySpec['paused']): boolean {
    const slot = this.#table.slotOfId(keyId)
    if (slot < 0) return false
    this.#table.pausedUntilMs[slot] = pausedUntilMs(paused, this.shared)
    this.#availability.settle(slot)
    this.#flush()
    return true
  }

  snapshot(): PoolSnapshot {
    this.#availability.wake()
    const sight = this.#sight()
    const snapshot: PoolSnapshot = {
      id: this.#spec.id,
      model: this.#spec.model,
      host: this.#spec.host,
      strategy: this.#spec.strategy,
      keys: this.#table.keys.map((_key, slot) => viewKey(sight, slot)),
      currentKeyId: this.#currentKeyId,
      nextKeyId: this.nextPicks(1)[0] ?? null,
    }
    this.#flush()
    return snapshot
  }

  stateOfKey(keyId: string): KeyState | undefined {
    const slot = this.#table.slotOfId(keyId)
    return slot < 0 ? undefined : stateOf(this.#sight(), slot)
  }

  /** The keys that the next requests would get if nothing else happened. */
  nextPicks(count: number): string[] {
    this.#availability.wake()
    const slots = this.#host.gate.state(this.shared.nowMs()) === 'closed' ? [] : this.#order.rehearse(count)
    this.#flush()
    return slots.map((slot) => this.#table.keys[slot]!.id)
  }

  /** Why each key is in or out, for a request that found none. */
  keyReports(onlyKeyId?: string): KeyReport[] {
    const sight = this.#sight()
    const slots = onlyKeyId === undefined ? [...this.#table.keys.keys()] : [this.#table.slotOfId(onlyKeyId)]
    return slots
      .filter((slot) => slot >= 0)
      .map((slot) => {
        const { keyId, label, state, lastOutcome } = viewKey(sight, slot)
        return { keyId, label, state, lastOutcome }
      })
  }

  hasKey(keyId: string): boolean {
    return this.#table.slotOfId(keyId) >= 0
  }

  /** How many keys a request could be given now. */
  get usableCount(): number {
    this.#availability.wake()
    this.#flush()
    return this.#order.size
  }

  get hostHeldUntilMs(): number {
    const { gate } = this.#host
    return gate.isProbing ? Infinity : gate.heldUntilMs
  }

  sit(): Seat {
    return this.#room.sit()
  }

  toWallMs(atMs: number): number | null {
    return atMs === Infinity ? null : atMs - this.shared.nowMs() + this.shared.wallMs()
  }

  dispose(): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    this.#timer?.cancel()
    this.#host.leave(this)
    for (const key of this.#table.keys) this.#host.drop(key.fingerprint)
    this.#room.call()
  }

  modelFact(fact: ModelFact): void {
    const slot = this.#table.slotOfFingerprint(fact.fingerprint)
    if (slot < 0) return
    applyModelFact(this.#table, slot, fact, this.shared)
    this.#availability.settle(slot)
    this.#order.changed(slot)
    this.#flush()
  }

  credentialChanged(fingerprint: string): void {
    const slot = this.#table.slotOfFingerprint(fingerprint)
    if (slot < 0) return
    this.#availability.settle(slot)
    this.#flush()
  }

  gateChanged(): void {
    this.#hasNewUsable = true
    if (this.#observe) {
      for (let slot = 0; slot < this.#table.size; slot += 1) {
        if (this.#table.standing[slot] === Standing.ready) this.#changedSlots.push(slot)
      }
    }
    this.#flush()
  }

  /** Nobody had announced these cooldowns, and they turned out not to be the keys' own. */
  stormOver(): void {
    for (let slot = 0; slot < this.#table.size; slot += 1) {
      if (this.#table.standing[slot] !== Standing.cooling || this.#table.announced[slot] === 1) continue
      this.#table.coolingUntilMs[slot] = 0
      this.#table.coolingStep[slot] = 0
      this.#table.halfOpen[slot] = 0
      this.#availability.settle(slot)
    }
    this.#flush()
  }

  #leaseUsable(ask: LeaseAsk): Granted | Denied {
    const gate = this.#host.gate.state(this.shared.nowMs())
    if (gate === 'closed') return this.#deniedByHost()
    if (ask.onlyKeyId !== undefined) return this.#leaseOnly(ask.onlyKeyId, ask)
    const { tried, afterKeyId } = ask
    const turn: Ask = {
      first: ask.attempt === 1,
      after: afterKeyId === undefined ? -1 : this.#table.slotOfId(afterKeyId),
      accept: tried && tried.size > 0 ? (slot) => !tried.has(this.#table.keys[slot]!.id) : undefined,
      conversation: ask.conversation,
    }
    const slot = this.#order.choose(turn)
    if (slot >= 0) return this.#grant(slot, this.#order.rule(slot, turn), ask, turn)
    const probe = gate === 'probe' ? this.#stormProbe() : -1
    if (probe >= 0) return this.#grant(probe, 'host-probe', ask, undefined)
    const { nextReturnMs, busyCount } = this.#availability
    return { ok: false, why: 'keys-out', retryAtMs: nextReturnMs, isBusy: busyCount > 0 }
  }

  #leaseOnly(keyId: string, ask: LeaseAsk): Granted | Denied {
    const slot = this.#table.slotOfId(keyId)
    if (slot < 0) return denied('no-keys')
    const standing = this.#table.standing[slot]
    if (standing === Standing.ready) return this.#grant(slot, ask.onlyRule ?? 'pinned', ask, undefined)
    const { returns } = this.#availability
    return {
      ok: false,
      why: 'keys-out',
      retryAtMs: returns.has(slot) ? returns.rank(slot) : Infinity,
      isBusy: standing === Standing.probing || standing === Standing.atConcurrency,
    }
  }

  #deniedByHost(): Denied {
    const { gate } = this.#host
    const why = gate.reason === 'address' ? 'address-held' : gate.reason === 'breaker' ? 'endpoint-held' : 'keys-out'
    return { ok: false, why, retryAtMs: gate.isProbing ? Infinity : gate.heldUntilMs, isBusy: gate.isProbing }
  }

  /** After a storm a cooling key may probe the host, as long as nobody announced when it would be back. */
  #stormProbe(): number {
    if (this.#host.gate.reason !== 'storm') return -1
    const slot = this.#availability.returns.first
    if (slot < 0 || this.#table.standing[slot] !== Standing.cooling || this.#table.announced[slot] === 1) return -1
    return slot
  }

  #grant(slot: number, rule: Rule, ask: LeaseAsk, turn: Ask | undefined): Granted {
    const table = this.#table
    const key = table.keys[slot]!
    const leaseId = this.shared.nextSeq()
    const wallMs = this.shared.wallMs()
    const isTest = rule === 'manual-test'
    const isGateProbe = !isTest && this.#host.gate.state(this.shared.nowMs()) === 'probe'
    const credential = isTest ? undefined : this.#host.credentials.get(key.fingerprint)
    const isProbe = !isTest && (table.halfOpen[slot] === 1 || credential !== undefined || isGateProbe)
    const decision = this.#decide(key.id, rule, ask, wallMs)
    if (turn) this.#order.took(slot, turn)
    table.inFlight[slot]! += 1
    table.requests[slot]! += 1
    table.lastUsedAtMs[slot] = wallMs
    table.lastTurn[slot] = leaseId
    this.#currentKeyId = key.id
    if (isProbe) table.probe[slot] = leaseId
    if (credential) this.#host.startCredentialProbe(key.fingerprint, leaseId)
    if (isGateProbe) this.#host.startGateProbe(leaseId)
    const lease = new KeyLease({
      leaseId,
      keyId: key.id,
      keyLabel: key.label,
      attempt: ask.attempt,
      probe: isProbe,
      test: isTest,
      fingerprint: key.fingerprint,
      generation: table.generation[slot]!,
      model: this.#spec.model,
      host: this.#host,
      leasedAtMs: this.shared.nowMs(),
      estimatedTokens: ask.estimatedTokens,
      secret: key.secret,
    })
    spendLease(table, slot, lease, this.shared)
    if (isProbe || table.limits[slot]) this.#availability.settle(slot)
    this.#order.changed(slot)
    return { ok: true, lease, decision }
  }

  #decide(keyId: string, rule: Rule, ask: LeaseAsk, wallMs: number): Decision {
    return {
      atMs: wallMs,
      keyId,
      strategy: this.#spec.strategy,
      rule,
      usable: this.#order.size,
      tried: ask.tried?.size ?? 0,
      excluded: this.#decisions.excluded(),
      nearest: this.#decisions.nearest(wallMs - this.shared.nowMs()),
    }
  }

  #headroom(slot: number): number {
    return this.#table.limits[slot]?.headroom(this.shared.nowMs(), this.shared.wallMs()) ?? Infinity
  }

  #moveTo(host: HostState, before: readonly KeySpec[], after: readonly KeySpec[]): void {
    for (const key of after) host.hold(key.fingerprint)
    for (const key of before) this.#host.drop(key.fingerprint)
    if (host === this.#host) return
    this.#host?.leave(this)
    this.#host = host
    host.join(this)
  }

  #sight(): Sight {
    return { table: this.#table, host: this.#host, nowMs: this.shared.nowMs(), wallMs: this.shared.wallMs() }
  }

  #noteChange(slot: number): void {
    if (this.#table.standing[slot] === Standing.ready) this.#hasNewUsable = true
    if (this.#observe) this.#changedSlots.push(slot)
  }

  /** Tells the world what has changed, after it has. */
  #flush(): void {
    if (this.#observe && this.#changedSlots.length > 0) {
      const slots = new Set(this.#changedSlots)
      this.#changedSlots = []
      const sight = this.#sight()
      // All of them first: whoever hears of one may change the list.
      const events = [...slots].map((slot): PoolEvent => {
        return { kind: 'key-state', keyId: this.#table.keys[slot]!.id, state: stateOf(sight, slot) }
      })
      for (const event of events) this.#observe(event)
    }
    if (this.#hasNewUsable) {
      this.#hasNewUsable = false
      this.#room.call()
    }
    if (this.#observe) this.#armTimer()
  }

  /** Time changes keys while nobody asks; only somebody who observes needs to be told. */
  #armTimer(): void {
    const atMs = this.#isDisposed ? Infinity : this.#availability.nextChangeMs
    if (this.#timer?.atMs === atMs) return
    this.#timer?.cancel()
    this.#timer = undefined
    if (atMs === Infinity) return
    const cancel = this.#clock.schedule(atMs - this.shared.nowMs(), () => {
      this.#timer = undefined
      this.#availability.wake()
      this.#flush()
    })
    this.#timer = { atMs, cancel }
  }
}

function denied(why: 'no-keys' | 'disposed'): Denied {
  return { ok: false, why, retryAtMs: Infinity, isBusy: false }
}

export function createPool(spec: PoolSpec, deps: PoolDeps): Pool {
  return new Pool(spec, deps)
}
