import { spendLease } from './books.ts'
import type { Decision } from './decision.ts'
import { KeyLease } from './key-lease.ts'
import type { KeyRing } from './key-ring.ts'
import { Standing } from './key-table.ts'
import type { Lease } from './lease.ts'
import type { Ask, Rule } from './order/order.ts'
import type { SharedState } from './shared-state.ts'

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

/** Hands out a usable key, or says what it would have to wait for. A key that is out is never leased but as a probe. */
export function leaseKey(ring: KeyRing, ask: LeaseAsk, shared: SharedState): Granted | Denied {
  if (ring.table.size === 0) return deniedFor('no-keys')
  const gate = ring.host.gate.state(shared.nowMs())
  if (gate === 'closed') return deniedByHost(ring)
  if (ask.onlyKeyId !== undefined) return leaseOnly(ring, ask.onlyKeyId, ask, shared)
  const turn = turnFor(ring, ask)
  const slot = ring.order.choose(turn)
  if (slot >= 0) return grant(ring, slot, ring.order.rule(slot, turn), ask, shared, turn)
  const probe = gate === 'probe' ? stormProbe(ring) : -1
  if (probe >= 0) return grant(ring, probe, 'host-probe', ask, shared)
  const { nextReturnMs, busyCount } = ring.availability
  // A key that came back while the request was busy with others may start its next rotation at once.
  const retryAtMs = ring.order.size > 0 ? shared.nowMs() : nextReturnMs
  return { ok: false, why: 'keys-out', retryAtMs, isBusy: busyCount > 0 }
}

/** Leases this key whatever its standing, because a person asked to test it. */
export function leaseForTest(ring: KeyRing, keyId: string, shared: SharedState): Granted | undefined {
  const slot = ring.table.slotOfId(keyId)
  return slot < 0 ? undefined : grant(ring, slot, 'manual-test', { attempt: 1 }, shared)
}

export function deniedFor(why: 'no-keys' | 'disposed'): Denied {
  return { ok: false, why, retryAtMs: Infinity, isBusy: false }
}

function turnFor({ table }: KeyRing, { attempt, tried, afterKeyId, conversation }: LeaseAsk): Ask {
  return {
    first: attempt === 1,
    after: afterKeyId === undefined ? -1 : table.slotOfId(afterKeyId),
    accept: tried && tried.size > 0 ? (slot) => !tried.has(table.keys[slot]!.id) : undefined,
    conversation,
  }
}

function leaseOnly(ring: KeyRing, keyId: string, ask: LeaseAsk, shared: SharedState): Granted | Denied {
  const slot = ring.table.slotOfId(keyId)
  if (slot < 0) return deniedFor('no-keys')
  const standing = ring.table.standing[slot]
  if (standing === Standing.ready) return grant(ring, slot, ask.onlyRule ?? 'pinned', ask, shared)
  const { returns } = ring.availability
  const retryAtMs = returns.has(slot) ? returns.rank(slot) : Infinity
  const isBusy = standing === Standing.probing || standing === Standing.atConcurrency
  return { ok: false, why: 'keys-out', retryAtMs, isBusy }
}

function deniedByHost({ host: { gate } }: KeyRing): Denied {
  const why = gate.reason === 'address' ? 'address-held' : gate.reason === 'breaker' ? 'endpoint-held' : 'keys-out'
  return { ok: false, why, retryAtMs: gate.isProbing ? Infinity : gate.heldUntilMs, isBusy: gate.isProbing }
}

/** After a storm a cooling key may probe the host, as long as nobody announced when it would be back. */
function stormProbe({ host, availability, table }: KeyRing): number {
  if (host.gate.reason !== 'storm') return -1
  const slot = availability.returns.first
  if (slot < 0 || table.standing[slot] !== Standing.cooling || table.announced[slot] === 1) return -1
  return slot
}

function grant(ring: KeyRing, slot: number, rule: Rule, ask: LeaseAsk, shared: SharedState, turn?: Ask): Granted {
  const { table, host, order } = ring
  const key = table.keys[slot]!
  const isTest = rule === 'manual-test'
  const isGateProbe = !isTest && host.gate.state(shared.nowMs()) === 'probe'
  const isCredentialProbe = !isTest && host.credentials.size > 0 && host.credentials.has(key.fingerprint)
  const lease = new KeyLease({
    leaseId: shared.nextSeq(),
    keyId: key.id,
    keyLabel: key.label,
    attempt: ask.attempt,
    probe: isGateProbe || isCredentialProbe || (!isTest && table.halfOpen[slot] === 1),
    test: isTest,
    fingerprint: key.fingerprint,
    generation: table.generation[slot]!,
    model: ring.spec.model,
    host,
    leasedAtMs: shared.nowMs(),
    estimatedTokens: ask.estimatedTokens,
    secret: key.secret,
  })
  const decision = ring.decisions.record({
    atMs: shared.wallMs(),
    keyId: key.id,
    rule,
    strategy: ring.spec.strategy,
    usable: order.size,
    tried: ask.tried?.size ?? 0,
  })
  if (turn) order.took(slot, turn)
  table.inFlight[slot]! += 1
  table.requests[slot]! += 1
  table.lastUsedAtMs[slot] = decision.atMs
  table.lastTurn[slot] = lease.leaseId
  if (lease.probe) table.probe[slot] = lease.leaseId
  if (isCredentialProbe) host.startCredentialProbe(key.fingerprint, lease.leaseId)
  if (isGateProbe) host.startGateProbe(lease.leaseId)
  spendLease(table, slot, lease, shared)
  if (lease.probe || table.limits[slot]) ring.availability.settle(slot)
  order.changed(slot)
  return { ok: true, lease, decision }
}
