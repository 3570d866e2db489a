import { Availability } from './availability.ts'
import { DecisionBook } from './decision.ts'
import type { HostState } from './host-state.ts'
import type { CheckedPoolSpec } from './key-spec.ts'
import type { KeyTable } from './key-table.ts'
import { buildKeyList, positionIn } from './list-change.ts'
import { createOrder } from './order/create-order.ts'
import type { Order } from './order/order.ts'
import type { QuotaDomains } from './quota-domains.ts'
import type { SharedState } from './shared-state.ts'

/** One list of keys with everything that is indexed by its slots. A changed list is a new ring. */
export interface KeyRing {
  readonly spec: CheckedPoolSpec
  readonly host: HostState
  readonly table: KeyTable
  readonly domains: QuotaDomains
  readonly order: Order
  readonly availability: Availability
  readonly decisions: DecisionBook
}

export function buildKeyRing(
  spec: CheckedPoolSpec,
  before: KeyRing | undefined,
  shared: SharedState,
  changed: (slot: number) => void,
): KeyRing {
  const { table, domains } = buildKeyList(spec, before, shared)
  const host = shared.host(spec.host)
  const headroom = (slot: number) => table.limits[slot]?.headroom(shared.nowMs(), shared.wallMs()) ?? Infinity
  const order = createOrder(spec.strategy, table, headroom)
  if (before) order.position = positionIn(table, before.table, before.order.position)
  const availability = new Availability({
    table,
    order,
    host,
    shared,
    watchesHeadroom: spec.strategy === 'most-headroom',
    changed,
  })
  availability.fill()
  if (before) order.carryOn?.(before.order, (slot) => before.table.slotOfFingerprint(spec.keys[slot]!.fingerprint))
  return { spec, host, table, domains, order, availability, decisions: new DecisionBook(table, availability, shared) }
}
