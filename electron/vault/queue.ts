/** Runs tasks one after the other, in the order they came; a failed one does not hold up the next. */
export type Queue = <T>(task: () => Promise<T>) => Promise<T>

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const result = last.then(task, task)
    last = result.catch(() => null)
    return result
  }
}
