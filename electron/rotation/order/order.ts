import type { Rule } from '../../../shared/decision-terms.ts'

/** What a request asks of the order of keys. */
export interface Ask {
  /** The request's first lease; only those move the rotation on, so that retries do not unbalance it. */
  first: boolean
  /** After a failure: the slot that failed, so that round-robin goes on from there; -1 otherwise. */
  after: number
  /** False for keys this request has already tried; undefined when every usable key will do. */
  accept: ((slot: number) => boolean) | undefined
  conversation: string | undefined
}

export type { Rule }

/** A strategy: it holds the usable slots in its own order and says which is next. Choosing changes nothing. */
export interface Order {
  readonly size: number
  add(slot: number): void
  remove(slot: number): void
  /** The slot to lease, or -1. */
  choose(ask: Ask): number
  rule(slot: number, ask: Ask): Rule
  /** The slot was leased as chosen by this order. */
  took(slot: number, ask: Ask): void
  /** Something that the order may depend on (in flight, turn, headroom) changed for a usable slot. */
  changed(slot: number): void
  /** The next `count` first leases if nothing else happens. Leaves no trace. */
  rehearse(count: number): number[]
  /** Takes over from the order of the list before, where more than the position counts; -1 for a new key. */
  carryOn?(before: Order, slotBefore: (slot: number) => number): void
  /** Where the rotation stands, for the list that replaces this one; -1 at the start. */
  position: number
}
