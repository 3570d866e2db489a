import type { KeyLease } from './key-lease.ts'
import { LimitBook } from './key-limits.ts'
import type { KeyTable } from './key-table.ts'
import type { Fact, ModelFact } from './ledger.ts'
import type { Outcome } from './outcome.ts'
import { organisationDomain, type QuotaDomains } from './quota-domains.ts'
import type { SharedState } from './shared-state.ts'

/** Served answers are all alike to the books; one object stands for them, so that keys do not hold on to answers. */
const servedOutcome: Outcome = {
  kind: 'served',
  promptTokens: null,
  completionTokens: null,
  status: 200,
  providerCode: null,
  providerMessage: null,
  limits: null,
}

/** Writes down that a lease of this key ended. What it means for the key is the verdict's business. */
export function bookOutcome(
  table: KeyTable,
  domains: QuotaDomains,
  slot: number,
  lease: KeyLease,
  outcome: Outcome,
  shared: SharedState,
): void {
  table.inFlight[slot]! -= 1
  if (table.probe[slot] === lease.leaseId) table.probe[slot] = 0
  if (outcome.kind === 'served') table.served[slot]! += 1
  else if (outcome.kind !== 'cancelled') {
    table.lastFailure[slot] = outcome
    if (outcome.kind !== 'caller-fault') table.failed[slot]! += 1
  }
  table.lastOutcome[slot] = outcome.kind === 'served' ? servedOutcome : outcome
  if (outcome.limits) learnLimits(table, domains, slot, outcome.limits, shared)
  settleTokens(table, slot, lease, outcome, shared)
}

function learnLimits(
  table: KeyTable,
  domains: QuotaDomains,
  slot: number,
  learned: NonNullable<Outcome['limits']>,
  shared: SharedState,
): void {
  if (learned.organisation !== null) domains.join(slot, organisationDomain(learned.organisation))
  if (learned.requestsRemaining === null && learned.tokensRemaining === null) return
  table.limits[slot] ??= new LimitBook()
  table.limits[slot].learn(learned, shared.nowMs())
}

export function spendLease(table: KeyTable, slot: number, lease: KeyLease, shared: SharedState): void {
  const limits = table.limits[slot]
  if (!limits) return
  const tokens = lease.facts.estimatedTokens ?? 0
  if (limits.isShared) shared.ledger.publish(spent(lease, 1, tokens, 0))
  else limits.spend({ requests: 1, tokens, agoMs: 0 }, shared.nowMs(), shared.wallMs())
}

/** Replaces what was set aside for the lease by what was used, once the provider has said it. */
function settleTokens(table: KeyTable, slot: number, lease: KeyLease, outcome: Outcome, shared: SharedState): void {
  const limits = table.limits[slot]
  if (!limits) return
  const usedTokens = tokensUsed(outcome, lease.facts.estimatedTokens ?? 0)
  limits.noteSize(usedTokens)
  const difference = usedTokens - (lease.facts.estimatedTokens ?? 0)
  if (difference === 0 || !limits.isShared) return
  shared.ledger.publish(spent(lease, 0, difference, shared.nowMs() - lease.facts.leasedAtMs))
}

/** A refused request used nothing; of one that broke off before anything was seen nobody knows, so the estimate stands. */
function tokensUsed(outcome: Outcome, estimatedTokens: number): number {
  if (outcome.kind === 'served') {
    const isKnown = outcome.promptTokens !== null || outcome.completionTokens !== null
    return isKnown ? (outcome.promptTokens ?? 0) + (outcome.completionTokens ?? 0) : estimatedTokens
  }
  if (outcome.kind !== 'broken-stream' && outcome.kind !== 'cancelled') return 0
  return outcome.usage ? outcome.usage.promptTokens + outcome.usage.completionTokens : estimatedTokens
}

function spent(lease: KeyLease, requests: number, tokens: number, agoMs: number): Fact {
  const { host, fingerprint, model } = lease.facts
  return { kind: 'spent', host: host.name, fingerprint, model, requests, tokens, agoMs }
}

/** Applies a fact about this key at this model, whoever learnt it. */
export function applyModelFact(table: KeyTable, slot: number, fact: ModelFact, shared: SharedState): void {
  switch (fact.kind) {
    case 'cooling':
      return applyCooling(table, slot, fact, shared)
    case 'not-allowed':
      table.notAllowed[slot] = 1
      return
    case 'forgiven':
      table.coolingUntilMs[slot] = 0
      return clearMarks(table, slot)
    case 'recovered':
      return clearMarks(table, slot)
    case 'spent':
      table.limits[slot]?.spend(fact, shared.nowMs(), shared.wallMs())
      return
    case 'spent-today':
      table.limits[slot]?.restoreDay(fact.requests, fact.endsAtMs, shared.wallMs())
  }
}

function clearMarks(table: KeyTable, slot: number): void {
  table.notAllowed[slot] = 0
  table.halfOpen[slot] = 0
  table.coolingStep[slot] = 0
}

/** A later report never shortens a cooldown. */
function applyCooling(table: KeyTable, slot: number, fact: ModelFact & { kind: 'cooling' }, shared: SharedState): void {
  const untilMs = shared.nowMs() + fact.forMs
  if (untilMs >= table.coolingUntilMs[slot]!) {
    table.coolingUntilMs[slot] = untilMs
    table.announced[slot] = fact.announced ? 1 : 0
  }
  table.coolingStep[slot] = fact.step
  table.halfOpen[slot] = 1
  table.cooledSeq[slot] = shared.nextSeq()
}
