import { exhaustedCooldownMs, lastRateLimitStep, nextTestInMs, rateLimitCooldownMs } from './cooldown.ts'
import type { KeyLease } from './key-lease.ts'
import type { KeyRing } from './key-ring.ts'
import type { KeyTable } from './key-table.ts'
import type { Fact } from './ledger.ts'
import type { Outcome } from './outcome.ts'
import type { QuotaDomains } from './quota-domains.ts'

/**
 * What an outcome means for the key that was leased, as facts. A lease from before the newest verdict is part of the
 * same incident: it may lengthen a cooldown, but climbs no ladder and clears nothing. `slot` is -1 when the key has left
 * the list; its secret is still what it is.
 */
export function verdict(
  lease: KeyLease,
  outcome: Outcome,
  slot: number,
  table: KeyTable,
  domains: QuotaDomains,
): Fact[] {
  switch (outcome.kind) {
    case 'rejected':
      return rejected(lease)
    case 'exhausted':
      return exhausted(lease, outcome.resetAfterMs)
    case 'rate-limited':
      return slot < 0 ? [] : rateLimited(lease, outcome.retryAfterMs, slot, table, domains)
    case 'not-allowed':
      return slot < 0 ? [] : [{ kind: 'not-allowed', ...ofModel(lease) }]
    case 'served':
      return served(lease, slot, table)
    case 'cancelled':
    case 'address-blocked':
    case 'caller-fault':
    case 'upstream-failed':
    case 'broken-stream':
      break
  }
  return []
}

/** A failure that somebody reports without a lease: the next step of the ladder for this key alone. */
export function failedByHand(ring: KeyRing, slot: number): Fact {
  const step = ring.table.coolingStep[slot]!
  return {
    kind: 'cooling',
    host: ring.spec.host,
    model: ring.spec.model,
    fingerprint: ring.table.keys[slot]!.fingerprint,
    forMs: rateLimitCooldownMs(null, step),
    announced: false,
    step: Math.min(step + 1, lastRateLimitStep),
  }
}

function rejected(lease: KeyLease): Fact[] {
  const { rejection } = lease.facts.host.credentials.get(lease.facts.fingerprint) ?? {}
  if (rejection && (lease.leaseId < rejection.seq || lease.facts.test)) return []
  const testsDone = rejection ? rejection.testsDone + 1 : 0
  return [{ kind: 'rejected', ...ofCredential(lease), testsDone, nextTestInMs: nextTestInMs(testsDone) }]
}

function exhausted(lease: KeyLease, announcedMs: number | null): Fact[] {
  const { exhaustion } = lease.facts.host.credentials.get(lease.facts.fingerprint) ?? {}
  const isNews = !exhaustion || (lease.leaseId > exhaustion.seq && !lease.facts.test)
  const step = exhaustion ? exhaustion.step + (isNews ? 1 : 0) : 0
  return [{ kind: 'exhausted', ...ofCredential(lease), forMs: exhaustedCooldownMs(announcedMs, step), step }]
}

function rateLimited(
  lease: KeyLease,
  announcedMs: number | null,
  slot: number,
  table: KeyTable,
  domains: QuotaDomains,
): Fact[] {
  // `coolingStep` is the step the next unannounced cooldown takes.
  const isNews = lease.leaseId > table.cooledSeq[slot]!
  const next = table.coolingStep[slot]!
  const step = isNews ? next : Math.max(0, next - 1)
  const announced = announcedMs !== null
  const forMs = rateLimitCooldownMs(announcedMs, step)
  const cooling = { kind: 'cooling', forMs, announced } as const
  const climbed = Math.min(announced ? next : step + 1, lastRateLimitStep)
  const own: Fact = { ...cooling, ...ofModel(lease), step: Math.max(climbed, next) }
  const siblings = domains.siblings(slot).map((sibling): Fact => {
    return {
      ...cooling,
      ...ofModel(lease),
      fingerprint: table.keys[sibling]!.fingerprint,
      step: table.coolingStep[sibling]!,
    }
  })
  return [own, ...siblings]
}

function served(lease: KeyLease, slot: number, table: KeyTable): Fact[] {
  const facts: Fact[] = []
  const { host, fingerprint } = lease.facts
  const credential = host.credentials.get(fingerprint)
  if (credential) {
    const newestSeq = Math.max(credential.rejection?.seq ?? 0, credential.exhaustion?.seq ?? 0)
    if (lease.leaseId > newestSeq) facts.push({ kind: 'trusted', ...ofCredential(lease) })
  }
  if (slot < 0 || lease.leaseId < table.cooledSeq[slot]!) return facts
  const isMarked = table.halfOpen[slot] === 1 || table.coolingStep[slot] !== 0 || table.notAllowed[slot] === 1
  if (isMarked) facts.push({ kind: 'recovered', ...ofModel(lease) })
  return facts
}

function ofCredential(lease: KeyLease) {
  return { host: lease.facts.host.name, fingerprint: lease.facts.fingerprint }
}

function ofModel(lease: KeyLease) {
  return { ...ofCredential(lease), model: lease.facts.model }
}
