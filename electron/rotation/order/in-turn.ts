import { SlotBits } from '../slot-bits.ts'
import type { Ask, Order, Rule } from './order.ts'

/** Round-robin over the list's order: with the usable keys unchanged, no two keys' first leases differ by more than one. */
export class InTurn implements Order {
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
    let slot = this.#usable.nextAround(ask.after >= 0 ? ask.after : this.position)
    if (!ask.accept) return slot
    for (let tries = this.#usable.size; tries > 0 && slot >= 0; tries -= 1) {
      if (ask.accept(slot)) return slot
      slot = this.#usable.nextAround(slot)
    }
    return -1
  }

  rule(_slot: number, ask: Ask): Rule {
    return ask.first ? 'next-in-turn' : 'next-after-failure'
  }

  took(slot: number, ask: Ask) {
    if (ask.first) this.position = slot
  }

  changed() {
    // A turn depends on nothing but the list.
  }

  rehearse(count: number): number[] {
    const slots: number[] = []
    let slot = this.position
    while (slots.length < count && this.#usable.size > 0) {
      slot = this.#usable.nextAround(slot)
      slots.push(slot)
    }
    return slots
  }
}
