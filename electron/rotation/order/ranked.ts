import { SlotHeap } from '../slot-heap.ts'
import type { Ask, Order, Rule } from './order.ts'

export interface Ranking {
  rule: Rule
  /** Smaller is sooner. */
  rank: (slot: number) => number
  /** Breaks ties: the turn of the key's last lease, smaller is longer ago. */
  turn: (slot: number) => number
  /** How one more lease changes the rank, for looking ahead. */
  perLease: number
}

/** Later than any turn that has been, and still exact when counted up. */
const afterAllTurns = 2 ** 52

/** Keys in order of a rank that changes with use: least in flight, least recently used, most headroom. */
export class Ranked implements Order {
  readonly #heap: SlotHeap
  readonly #ranking: Ranking
  position = -1

  constructor(capacity: number, ranking: Ranking) {
    this.#heap = new SlotHeap(capacity, 'by-second-rank')
    this.#ranking = ranking
  }

  get size() {
    return this.#heap.size
  }

  add(slot: number) {
    this.#heap.set(slot, this.#ranking.rank(slot), this.#ranking.turn(slot))
  }

  remove(slot: number) {
    this.#heap.remove(slot)
  }

  choose(ask: Ask): number {
    return ask.accept ? this.#heap.find(ask.accept) : this.#heap.first
  }

  rule(): Rule {
    return this.#ranking.rule
  }

  took(slot: number) {
    this.position = slot
  }

  changed(slot: number) {
    if (this.#heap.has(slot)) this.add(slot)
  }

  rehearse(count: number): number[] {
    const slots: number[] = []
    for (let step = 0; step < count && this.#heap.size > 0; step += 1) {
      const slot = this.#heap.first
      slots.push(slot)
      this.#heap.set(slot, this.#heap.rank(slot) + this.#ranking.perLease, afterAllTurns + step)
    }
    for (const slot of slots) this.add(slot)
    return slots
  }
}
