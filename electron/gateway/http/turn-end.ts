/** Puts a task off until the event loop has turned, when all that were put off are done one after the other. */
export type AtTurnEnd = (task: () => void) => void

/**
 * What many requests write at about the same time leaves together. Written one at a time, each write wakes the process
 * on the other side anew, which costs more than the write; together, the first one wakes it and the others find it awake.
 */
export function createTurnEnd(whenTurnEnds: (task: () => void) => unknown = afterTheNextTurn): AtTurnEnd {
  let waiting: (() => void)[] = []

  function doAll() {
    const tasks = waiting
    waiting = []
    let begun = 0
    try {
      for (const task of tasks) {
        begun += 1
        task()
      }
    } finally {
      // One that throws holds up none of the others.
      for (const task of tasks.slice(begun)) putOff(task)
    }
  }

  function putOff(task: () => void) {
    if (waiting.push(task) === 1) whenTurnEnds(doAll)
  }

  return putOff
}

/** A loop with nothing to do turns in microseconds; one that is busy has read from more connections by then. */
const afterTheNextTurn = (task: () => void) => setImmediate(() => setImmediate(task))
