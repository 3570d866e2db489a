/** The other end of `worker-calls.ts`, inside of a thread. */
export function answerCalls(answer: (question: never) => unknown): void {
  self.addEventListener('message', ({ data }: MessageEvent<{ id: number; question: never }>) => {
    const reply = async () => answer(data.question)
    void reply()
      .catch(() => null)
      .then((found) => {
        // A thread has no other origin to name.
        // oxlint-disable-next-line unicorn/require-post-message-target-origin
        self.postMessage({ id: data.id, answer: found })
        return undefined
      })
  })
}
