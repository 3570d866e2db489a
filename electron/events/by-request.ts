import type { RequestId } from '../../shared/identity.ts'

const smallest = 64
/** An id ends with random digits. */
const hashedLetters = 8

/**
 * A map of requests that run, from which each is taken as it ends: nothing is allocated as they come and go, and what was
 * taken out is held by nothing. A Map makes itself a new table every few entries, and each table it has left leads to the
 * next one and to all that stood in it; once one of them has grown old in the heap, so does every request after it, until
 * the whole heap is collected.
 */
export class ByRequest<V extends object | string> {
  /** Linear probing (Knuth, The Art of Computer Programming, vol. 3, 6.4, algorithms L and R); at most half full. */
  #ids: (RequestId | null)[] = empty(smallest)
  #values: (V | null)[] = empty(smallest)
  #size = 0

  get size(): number {
    return this.#size
  }

  get(id: RequestId): V | undefined {
    const at = this.#placeOf(id)
    return this.#ids[at] === null ? undefined : this.#values[at]!
  }

  set(id: RequestId, value: V): void {
    if (this.#size * 2 >= this.#ids.length) this.#grow()
    const at = this.#placeOf(id)
    if (this.#ids[at] === null) this.#size += 1
    this.#ids[at] = id
    this.#values[at] = value
  }

  /** What stood there, if anything did. */
  take(id: RequestId): V | undefined {
    const at = this.#placeOf(id)
    if (this.#ids[at] === null) return undefined
    const value = this.#values[at]!
    this.#size -= 1
    this.#close(at)
    return value
  }

  /** In no order. */
  *values(): Generator<V> {
    for (const value of this.#values) if (value !== null) yield value
  }

  /** Where it stands, or would. */
  #placeOf(id: RequestId): number {
    const mask = this.#ids.length - 1
    let at = hash(id) & mask
    while (this.#ids[at] !== null && this.#ids[at] !== id) at = (at + 1) & mask
    return at
  }

  /** Moves up what would not be found across the gap. */
  #close(gap: number): void {
    const mask = this.#ids.length - 1
    let at = gap
    for (;;) {
      at = (at + 1) & mask
      const id = this.#ids[at]!
      if (id === null) break
      const distance = (at - hash(id)) & mask
      if (distance < ((at - gap) & mask)) continue
      this.#ids[gap] = id
      this.#values[gap] = this.#values[at]!
      gap = at
    }
    this.#ids[gap] = null
    this.#values[gap] = null
  }

  #grow(): void {
    const ids = this.#ids
    const values = this.#values
    this.#ids = empty(ids.length * 2)
    this.#values = empty(ids.length * 2)
    this.#size = 0
    for (const [at, id] of ids.entries()) if (id !== null) this.set(id, values[at]!)
  }
}

const empty = (length: number) => Array.from({ length }, () => null)

function hash(id: string): number {
  let sum = 0
  for (let at = Math.max(0, id.length - hashedLetters); at < id.length; at += 1)
    sum = (sum * 31 + id.charCodeAt(at)) | 0
  return sum
}
