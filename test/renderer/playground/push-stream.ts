/** A stream that a test fills by hand; like a call to main it throws when it is aborted. */
export function createPushStream<T>(signal: AbortSignal) {
  const steps: (() => IteratorResult<T>)[] = []
  let wake = () => {}
  const add = (step: () => IteratorResult<T>) => {
    steps.push(step)
    wake()
  }
  const fail = (error: unknown) =>
    add(() => {
      throw error
    })
  signal.addEventListener('abort', () => fail(signal.reason), { once: true })
  return {
    push: (value: T) => add(() => ({ done: false, value })),
    end: () => add(() => ({ done: true, value: undefined })),
    fail,
    [Symbol.asyncIterator]: () => ({
      async next(): Promise<IteratorResult<T>> {
        for (;;) {
          const step = steps.shift()
          if (step) return step()
          await new Promise<void>((resolve) => (wake = resolve))
        }
      },
    }),
  }
}
