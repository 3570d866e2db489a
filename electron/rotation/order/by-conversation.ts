import { InTurn } from './in-turn.ts'
import type { Ask, Order, Rule } from './order.ts'

/**
 * A conversation stays with its key, so that the provider's prompt cache stays warm: rendezvous hashing gives it the
 * usable key that scores highest for it, so losing a key moves only that key's conversations, and they come back with
 * it. A request without a conversation takes turns. Scores are over the usable keys alone, kept densely.
 */
export class ByConversation implements Order {
  readonly #turns: InTurn
  readonly #hashes: (slot: number) => readonly [number, number]
  readonly #slots: Int32Array
  readonly #places: Int32Array
  readonly #firsts: Int32Array
  readonly #seconds: Int32Array
  #size = 0

  /** `hashes` gives two independent 32-bit hashes of the key's fingerprint. */
  constructor(capacity: number, hashes: (slot: number) => readonly [number, number]) {
    this.#turns = new InTurn(capacity)
    this.#hashes = hashes
    this.#slots = new Int32Array(capacity)
    this.#places = new Int32Array(capacity).fill(-1)
    this.#firsts = new Int32Array(capacity)
    this.#seconds = new Int32Array(capacity)
  }

  get size() {
    return this.#size
  }

  get position() {
    return this.#turns.position
  }

  set position(slot: number) {
    this.#turns.position = slot
  }

  add(slot: number) {
    if (this.#places[slot]! >= 0) return
    this.#turns.add(slot)
    const [first, second] = this.#hashes(slot)
    this.#put(slot, this.#size, first, second)
    this.#size += 1
  }

  remove(slot: number) {
    const place = this.#places[slot]!
    if (place < 0) return
    this.#turns.remove(slot)
    this.#places[slot] = -1
    this.#size -= 1
    if (place === this.#size) return
    this.#put(this.#slots[this.#size]!, place, this.#firsts[this.#size]!, this.#seconds[this.#size]!)
  }

  choose(ask: Ask): number {
    if (ask.conversation === undefined) return this.#turns.choose(ask)
    const wanted = hash32(ask.conversation, 0)
    const firsts = this.#firsts
    const seconds = this.#seconds
    const size = this.#size
    let best = -1
    let bestScore = -(2 ** 31)
    for (let place = 0; place < size; place += 1) {
      const score = scoreOf(firsts[place]! ^ wanted, seconds[place]!)
      if (score < bestScore || (score === bestScore && best >= 0 && this.#slots[place]! > best)) continue
      const slot = this.#slots[place]!
      if (ask.accept && !ask.accept(slot)) continue
      best = slot
      bestScore = score
    }
    return best
  }

  rule(slot: number, ask: Ask): Rule {
    return ask.conversation === undefined ? this.#turns.rule(slot, ask) : 'conversation'
  }

  took(slot: number, ask: Ask) {
    if (ask.conversation === undefined) this.#turns.took(slot, ask)
  }

  changed() {
    // A score depends on the key and the conversation alone.
  }

  rehearse(count: number): number[] {
    return this.#turns.rehearse(count)
  }

  #put(slot: number, place: number, first: number, second: number) {
    this.#slots[place] = slot
    this.#places[slot] = place
    this.#firsts[place] = first
    this.#seconds[place] = second
  }
}

/**
 * A signed 32-bit score. Both inputs are well mixed hashes, so one round is enough here, and stays in machine integers:
 * this runs once for every usable key.
 */
function scoreOf(meeting: number, second: number): number {
  const hash = (Math.imul(meeting, 0x9e3779b1) + second) | 0
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}

/** FNV-1a over UTF-16 units, with a finisher; two seeds give independent hashes. */
export function hash32(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return mix(hash)
}

/** MurmurHash3's 32-bit finaliser: every input bit reaches every output bit. */
function mix(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
