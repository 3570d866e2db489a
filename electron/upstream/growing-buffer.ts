/** Bytes that arrive in any number of pieces, kept in one piece of memory at most twice their size. */
export interface GrowingBuffer {
  readonly length: number
  append(chunk: Buffer): void
  /** The bytes so far, as a view that the next append may move. */
  bytes(): Buffer
  clear(): void
}

const nothing = Buffer.alloc(0)

export function createGrowingBuffer(): GrowingBuffer {
  let memory: Buffer = nothing
  let length = 0
  /** The memory is the first chunk itself, never written to: most bodies come in one piece. */
  let isBorrowed = false

  function append(chunk: Buffer) {
    if (length === 0 && memory.length < chunk.length) {
      memory = chunk
      isBorrowed = true
    } else {
      if (isBorrowed || length + chunk.length > memory.length) grow(length + chunk.length)
      chunk.copy(memory, length)
    }
    length += chunk.length
  }

  function grow(neededBytes: number) {
    const larger = Buffer.allocUnsafe(Math.max(neededBytes, length * 2, 256))
    memory.copy(larger, 0, 0, length)
    memory = larger
    isBorrowed = false
  }

  function clear() {
    length = 0
    if (isBorrowed || memory.length > 65_536) memory = nothing
    isBorrowed = false
  }

  return {
    get length() {
      return length
    },
    append,
    bytes: () => memory.subarray(0, length),
    clear,
  }
}
