/** Bytes that arrive in any number of pieces, kept in one piece of memory at most twice their size. */
export interface GrowingBuffer {
  readonly length: number
  append(chunk: Buffer): void
  /** The bytes so far, as a view that the next append may move. */
  bytes(): Buffer
  clear(): void
}

export function createGrowingBuffer(): GrowingBuffer {
  let memory = Buffer.alloc(0)
  let length = 0

  return {
    get length() {
      return length
    },
    append(chunk) {
      if (length + chunk.length > memory.length) {
        const larger = Buffer.allocUnsafe(Math.max(length + chunk.length, memory.length * 2, 256))
        memory.copy(larger, 0, 0, length)
        memory = larger
      }
      chunk.copy(memory, length)
      length += chunk.length
    },
    bytes: () => memory.subarray(0, length),
    clear() {
      length = 0
      if (memory.length > 65_536) memory = Buffer.alloc(0)
    },
  }
}
