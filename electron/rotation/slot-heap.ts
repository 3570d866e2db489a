/**
 * A min-heap of slots that can be moved or removed by slot. Ties go to the smaller second rank, then to the smaller
 * slot, so that the order never depends on how the heap came to be.
 */
export class SlotHeap {
  readonly #slots: Int32Array
  readonly #positions: Int32Array
  readonly #ranks: Float64Array
  readonly #seconds: Float64Array | undefined
  #size = 0
  /** Changes with every change, for those who keep what they read from it. */
  version = 0

  constructor(capacity: number, ties: 'by-second-rank' | 'by-slot') {
    this.#slots = new Int32Array(capacity)
    this.#positions = new Int32Array(capacity).fill(-1)
    this.#ranks = new Float64Array(capacity)
    this.#seconds = ties === 'by-second-rank' ? new Float64Array(capacity) : undefined
  }

  get size() {
    return this.#size
  }

  /** The first slot, or -1. */
  get first(): number {
    return this.#size === 0 ? -1 : this.#slots[0]!
  }

  get firstRank(): number {
    return this.#size === 0 ? Infinity : this.#ranks[this.#slots[0]!]!
  }

  has(slot: number): boolean {
    return this.#positions[slot]! >= 0
  }

  rank(slot: number): number {
    return this.#ranks[slot]!
  }

  /** Puts the slot where these ranks belong, whether it was in or not. */
  set(slot: number, rank: number, second = 0): void {
    const known = this.has(slot)
    if (known && this.#ranks[slot] === rank && (!this.#seconds || this.#seconds[slot] === second)) return
    this.version += 1
    this.#ranks[slot] = rank
    if (this.#seconds) this.#seconds[slot] = second
    if (known) return this.#sift(this.#positions[slot]!)
    this.#place(slot, this.#size)
    this.#size += 1
    this.#rise(this.#size - 1)
  }

  remove(slot: number): void {
    const position = this.#positions[slot]!
    if (position < 0) return
    this.version += 1
    this.#size -= 1
    this.#positions[slot] = -1
    if (position === this.#size) return
    this.#place(this.#slots[this.#size]!, position)
    this.#sift(position)
  }

  /** The first slot, in order, that `accept` takes; looks at no more of the heap than it must. */
  find(accept: (slot: number) => boolean): number {
    let found = -1
    this.#walk((slot) => {
      if (!accept(slot)) return true
      found = slot
      return false
    })
    return found
  }

  /** The first `count` slots in order. */
  firstFew(count: number): number[] {
    const few: number[] = []
    if (count > 0) this.#walk((slot) => few.push(slot) < count)
    return few
  }

  /** Visits slots in order until told to stop, keeping a frontier of positions instead of sorting. */
  #walk(visit: (slot: number) => boolean): void {
    if (this.#size === 0) return
    const frontier = [0]
    for (;;) {
      const position = frontier.pop()
      if (position === undefined || !visit(this.#slots[position]!)) return
      for (let child = 2 * position + 1; child <= 2 * position + 2 && child < this.#size; child += 1) {
        this.#insert(frontier, child)
      }
    }
  }

  /** Keeps the frontier sorted with the first slot last. */
  #insert(frontier: number[], position: number): void {
    const slot = this.#slots[position]!
    let at = frontier.length
    frontier.push(position)
    while (at > 0 && this.#isBefore(this.#slots[frontier[at - 1]!]!, slot)) {
      frontier[at] = frontier[at - 1]!
      at -= 1
    }
    frontier[at] = position
  }

  #sift(position: number): void {
    this.#rise(this.#sink(position))
  }

  #rise(from: number): void {
    const slot = this.#slots[from]!
    let position = from
    while (position > 0) {
      const parent = (position - 1) >> 1
      const above = this.#slots[parent]!
      if (!this.#isBefore(slot, above)) break
      this.#place(above, position)
      position = parent
    }
    this.#place(slot, position)
  }

  #sink(from: number): number {
    const slot = this.#slots[from]!
    let position = from
    for (;;) {
      let child = 2 * position + 1
      if (child >= this.#size) break
      if (child + 1 < this.#size && this.#isBefore(this.#slots[child + 1]!, this.#slots[child]!)) child += 1
      if (!this.#isBefore(this.#slots[child]!, slot)) break
      this.#place(this.#slots[child]!, position)
      position = child
    }
    this.#place(slot, position)
    return position
  }

  #place(slot: number, position: number): void {
    this.#slots[position] = slot
    this.#positions[slot] = position
  }

  #isBefore(a: number, b: number): boolean {
    const byRank = this.#ranks[a]! - this.#ranks[b]!
    // Infinity - Infinity is NaN, which is a tie as well.
    if (byRank < 0 || byRank > 0) return byRank < 0
    if (this.#seconds) {
      const bySecond = this.#seconds[a]! - this.#seconds[b]!
      if (bySecond < 0 || bySecond > 0) return bySecond < 0
    }
    return a < b
  }
}
