/** What is used of a Worker. */
export interface CallWorker<Question, Answer> {
  postMessage: (call: { id: number; question: Question }) => void
  addEventListener: {
    (kind: 'message', listen: (event: { data: { id: number; answer: Answer | null } }) => void): void
    (kind: 'error', listen: () => void): void
  }
}

/** Asks a thread of the page, started at the first question. Null is the answer of a thread that fails, or cannot start. */
export function createWorkerCalls<Question, Answer>(spawn: () => CallWorker<Question, Answer>) {
  const waiting = new Map<number, (answer: Answer | null) => void>()
  let worker: CallWorker<Question, Answer> | null = null
  let lastId = 0
  let isBroken = false

  const settle = (id: number, answer: Answer | null) => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
  }
  const giveUp = () => {
    isBroken = true
    for (const id of waiting.keys()) settle(id, null)
  }
  const start = () => {
    const started = spawn()
    started.addEventListener('message', ({ data }) => settle(data.id, data.answer))
    started.addEventListener('error', giveUp)
    return started
  }

  return (question: Question): Promise<Answer | null> => {
    if (isBroken) return Promise.resolve(null)
    return new Promise((resolve) => {
      lastId += 1
      waiting.set(lastId, resolve)
      try {
        worker ??= start()
        // A thread has no other origin to name.
        // oxlint-disable-next-line unicorn/require-post-message-target-origin
        worker.postMessage({ id: lastId, question })
      } catch {
        // No thread is to be had here.
        giveUp()
      }
    })
  }
}
