import { SlotBits } from '../slot-bits.ts'
import type { Ask, Order, Rule } from './order.ts'

/** The first usable key of the list, always. */
export class InOrder implements Order {
  readonly #usable: SlotBits
  position = -1

  constructor(capacity: number) {
    this.#usable = new SlotBits(capacity)
  }

  get size() {
    return this.#usable.size
  }

  add(slot: number) {
    this.#usable.add(slot)
  }

  remove(slot: number) {
    this.#usable.remove(slot)
  }

  choose(ask: Ask): number {
    let slot = this.#usable.next(0)
    while (ask.accept && slot >= 0 && !ask.accept(slot)) slot = this.#usable.next(slot + 1)
    return slot
  }

  rule(): Rule {
    return 'first-in-order'
  }

  took(slot: number) {
    this.position = slot
  }

  changed() {
    // The order is the list's.
  }

  rehearse(count: number): number[] {
    const first = this.#usable.next(0)
    return first < 0 ? [] : Array.from({ length: count }, () => first)
  }
}
