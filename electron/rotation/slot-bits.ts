/** A set of small integers that answers "the next member from here" without looking at the ones that are missing. */
export class SlotBits {
  /** Level 0 has one bit a slot; each bit above says whether a word of the level below has any. */
  readonly #levels: Uint32Array[] = []
  #size = 0

  constructor(capacity: number) {
    let words = Math.max(1, Math.ceil(capacity / 32))
    this.#levels.push(new Uint32Array(words))
    while (words > 1) {
      words = Math.ceil(words / 32)
      this.#levels.push(new Uint32Array(words))
    }
  }

  get size() {
    return this.#size
  }

  has(slot: number): boolean {
    return ((this.#levels[0]![slot >>> 5]! >>> (slot & 31)) & 1) === 1
  }

  add(slot: number): void {
    if (this.has(slot)) return
    this.#size += 1
    let index = slot
    for (const words of this.#levels) {
      words[index >>> 5]! |= 1 << (index & 31)
      index >>>= 5
    }
  }

  remove(slot: number): void {
    if (!this.has(slot)) return
    this.#size -= 1
    let index = slot
    for (const words of this.#levels) {
      const word = index >>> 5
      words[word]! &= ~(1 << (index & 31))
      if (words[word] !== 0) return
      index = word
    }
  }

  /** The smallest member that is not below `from`, or -1. */
  next(from: number): number {
    let index = from
    for (let level = 0; level < this.#levels.length; level += 1) {
      const words = this.#levels[level]!
      const word = index >>> 5
      if (word >= words.length) return -1
      const rest = words[word]! & (-1 << (index & 31))
      if (rest !== 0) return this.#descend(level, (word << 5) | lowestBit(rest))
      index = word + 1
    }
    return -1
  }

  /** The first member after `slot`, going round. */
  nextAround(slot: number): number {
    const after = this.next(slot + 1)
    return after === -1 ? this.next(0) : after
  }

  #descend(level: number, index: number): number {
    let at = index
    for (let below = level - 1; below >= 0; below -= 1) at = (at << 5) | lowestBit(this.#levels[below]![at]!)
    return at
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word)
}
