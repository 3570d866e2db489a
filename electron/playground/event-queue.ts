/** Hands what is pushed, in order, to one reader that may be slower or faster than the pushers. */
export interface EventQueue<T> extends AsyncIterable<T> {
  push(item: T): void
  end(): void
}

export function createEventQueue<T>(): EventQueue<T> {
  const waiting: T[] = []
  let ended = false
  let wake = () => {}
  return {
    push(item) {
      waiting.push(item)
      wake()
    },
    end() {
      ended = true
      wake()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const item = waiting.shift()
        if (item !== undefined) yield item
        else if (ended) return
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
}
