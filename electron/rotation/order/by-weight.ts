import { SlotBits } from '../slot-bits.ts'
import { SlotHeap } from '../slot-heap.ts'
import { InTurn } from './in-turn.ts'
import type { Ask, Order, Rule } from './order.ts'

/**
 * Smooth weighted turns in O(log n). Each key's k-th turn has a window, from (k-1)/weight to k/weight in virtual time,
 * which moves by 1/(sum of weights) a turn; among the keys whose window has begun, the one whose window ends first is
 * next (earliest deadline first over Pfair windows: Baruah et al., "Proportionate progress", 1996). With the usable
 * keys unchanged every key is therefore always less than one turn from its exact share, and exactly at it after a full
 * period. Keys of weight zero are a reserve: they take turns only when no other key is usable.
 */
export class ByWeight implements Order {
  readonly #weights: (slot: number) => number
  /** Windows that have begun, by their end. */
  readonly #begun: SlotHeap
  /** Windows to come, by their begin. */
  readonly #toCome: SlotHeap
  /** Begin of the key's next window. */
  readonly #begins: Float64Array
  readonly #positive: SlotBits
  readonly #reserve: InTurn
  #total = 0
  /** How keys stood before a rehearsal touched them. */
  #touched: Map<number, { begin: number; begun: boolean }> | undefined
  /** Virtual time is base + turns / total, so that adding up does not drift. */
  #base = 0
  #turns = 0
  position = -1

  constructor(capacity: number, weights: (slot: number) => number) {
    this.#weights = weights
    this.#begun = new SlotHeap(capacity, 'by-slot')
    this.#toCome = new SlotHeap(capacity, 'by-slot')
    this.#begins = new Float64Array(capacity)
    this.#positive = new SlotBits(capacity)
    this.#reserve = new InTurn(capacity)
  }

  get size() {
    return this.#positive.size + this.#reserve.size
  }

  add(slot: number) {
    const weight = this.#weights(slot)
    if (weight === 0) return this.#reserve.add(slot)
    if (this.#positive.has(slot)) return
    this.#rebase(0)
    this.#positive.add(slot)
    this.#total += weight
    this.#begins[slot] = this.#base
    this.#enqueue(slot)
  }

  /** What the leaving key was owed (or had too much) is spread over the others, so that together they stay at zero. */
  remove(slot: number) {
    this.#reserve.remove(slot)
    if (!this.#positive.has(slot)) return
    this.#rebase(0)
    const weight = this.#weights(slot)
    const owed = weight * (this.#base - this.#begins[slot]!)
    this.#positive.remove(slot)
    this.#begun.remove(slot)
    this.#toCome.remove(slot)
    this.#total = this.#positive.size === 0 ? 0 : this.#total - weight
    if (this.#total === 0) return
    this.#rebase(owed / this.#total)
    this.#begin()
  }

  choose(ask: Ask): number {
    if (this.#positive.size === 0) return this.#reserve.choose(ask)
    const accept = ask.accept
    const begun = accept ? this.#begun.find(accept) : this.#begun.first
    if (begun >= 0) return begun
    // Only after a failure, or by rounding: nobody's window has begun, and the nearest may go early.
    const early = accept ? this.#toCome.find(accept) : this.#toCome.first
    return early >= 0 ? early : this.#reserve.choose(ask)
  }

  rule(slot: number): Rule {
    return this.#positive.has(slot) ? 'smooth-weight' : 'reserve'
  }

  took(slot: number, ask: Ask) {
    if (!ask.first) return
    this.position = slot
    if (!this.#positive.has(slot)) return this.#reserve.took(slot, ask)
    this.#touch(slot)
    this.#turns += 1
    this.#begins[slot]! += 1 / this.#weights(slot)
    this.#enqueue(slot)
    this.#begin()
  }

  changed() {
    // Weights change only with the list.
  }

  /** Keys that stay keep what they are owed, so that changing the list often favours nobody. */
  carryOn(before: Order, slotBefore: (slot: number) => number) {
    if (!(before instanceof ByWeight)) return
    for (let slot = this.#positive.next(0); slot >= 0; slot = this.#positive.next(slot + 1)) {
      const old = slotBefore(slot)
      if (old < 0 || !before.#positive.has(old)) continue
      const owed = (before.#now() - before.#begins[old]!) * before.#weights(old)
      this.#begins[slot] = this.#base - owed / this.#weights(slot)
      this.#enqueue(slot)
    }
  }

  rehearse(count: number): number[] {
    if (this.#positive.size === 0) return this.#reserve.rehearse(count)
    const before = { base: this.#base, turns: this.#turns, position: this.position }
    const touched = (this.#touched = new Map<number, { begin: number; begun: boolean }>())
    const slots: number[] = []
    const ask: Ask = { first: true, after: -1, accept: undefined, conversation: undefined }
    while (slots.length < count) {
      const slot = this.choose(ask)
      slots.push(slot)
      this.took(slot, ask)
    }
    this.#touched = undefined
    this.#base = before.base
    this.#turns = before.turns
    this.position = before.position
    for (const [slot, { begin, begun }] of touched) {
      this.#begins[slot] = begin
      this.#file(slot, begun)
    }
    return slots
  }

  #now(): number {
    return this.#total === 0 ? this.#base : this.#base + this.#turns / this.#total
  }

  #rebase(shift: number) {
    this.#base = this.#now() + shift
    this.#turns = 0
  }

  /** A window that begins during this turn has begun; the tolerance is for the rounding of sums of 1/weight. */
  #hasBegun(begin: number): boolean {
    return begin < this.#now() + (1 - 1e-6) / this.#total
  }

  #enqueue(slot: number) {
    this.#file(slot, this.#hasBegun(this.#begins[slot]!))
  }

  #file(slot: number, begun: boolean) {
    if (begun) {
      this.#toCome.remove(slot)
      this.#begun.set(slot, this.#begins[slot]! + 1 / this.#weights(slot))
    } else {
      this.#begun.remove(slot)
      this.#toCome.set(slot, this.#begins[slot]!)
    }
  }

  /** Each turn lets the windows begin whose time has come; asking does not, so asking changes nothing. */
  #begin() {
    while (this.#toCome.size > 0 && this.#hasBegun(this.#toCome.firstRank)) {
      const slot = this.#toCome.first
      this.#touch(slot)
      this.#file(slot, true)
    }
  }

  #touch(slot: number) {
    if (!this.#touched || this.#touched.has(slot)) return
    this.#touched.set(slot, { begin: this.#begins[slot]!, begun: this.#begun.has(slot) })
  }
}
