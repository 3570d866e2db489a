import { LimitBook } from './key-limits.ts'
import type { CheckedPoolSpec, KeySpec } from './key-spec.ts'
import { KeyTable } from './key-table.ts'
import { accountDomain, isLearnedDomain, QuotaDomains } from './quota-domains.ts'
import type { SharedState } from './shared-state.ts'

export interface KeyList {
  readonly spec: CheckedPoolSpec
  readonly table: KeyTable
  readonly domains: QuotaDomains
}

/**
 * Builds the table of a list. A secret that stays at the same host and model keeps all that is known of it, wherever
 * it now stands and whatever it is now called; a new secret starts afresh, also under an old id.
 */
export function buildKeyList(spec: CheckedPoolSpec, before: KeyList | undefined, shared: SharedState): KeyList {
  const table = new KeyTable(spec)
  const domains = new QuotaDomains()
  const known = before && before.spec.host === spec.host && before.spec.model === spec.model ? before : undefined
  for (const [slot, key] of spec.keys.entries()) {
    const old = known ? known.table.slotOfFingerprint(key.fingerprint) : -1
    if (known && old >= 0) {
      table.adopt(slot, known.table, old)
      for (const domain of known.domains.domainsOf(old)) if (isLearnedDomain(domain)) domains.join(slot, domain)
    } else table.generation[slot] = shared.nextSeq()
    applySpec(table, domains, slot, key, shared)
  }
  return { spec, table, domains }
}

function applySpec(table: KeyTable, domains: QuotaDomains, slot: number, key: KeySpec, shared: SharedState): void {
  table.pausedUntilMs[slot] = pausedUntilMs(key.paused, shared)
  if (key.expiresAtMs !== undefined) table.expiresAtMs[slot] = toMonotonic(key.expiresAtMs, shared)
  if (key.account !== undefined && key.account !== '') domains.join(slot, accountDomain(key.account))
  if (!key.limits && !table.limits[slot]) return
  table.limits[slot] ??= new LimitBook()
  table.limits[slot].setLimits(key.limits ?? {})
}

/** Monotonic; -Infinity for not paused, Infinity for until somebody resumes it. */
export function pausedUntilMs(paused: KeySpec['paused'], shared: SharedState): number {
  if (typeof paused === 'boolean') return paused ? Infinity : -Infinity
  return toMonotonic(paused.untilMs, shared)
}

function toMonotonic(wallMs: number, shared: SharedState): number {
  return shared.nowMs() + (wallMs - shared.wallMs())
}

/**
 * Where the rotation stands in the new list: at the key it stood at, or else at the nearest one before it that is still
 * there, so that who was next is next.
 */
export function positionIn(table: KeyTable, before: KeyTable, position: number): number {
  for (let old = position; old >= 0; old -= 1) {
    const slot = table.slotOfFingerprint(before.keys[old]!.fingerprint)
    if (slot >= 0) return slot
  }
  return -1
}
