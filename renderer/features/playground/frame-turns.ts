// What arrives for several answers takes turns: as many a frame as there is time for, one at least, and none is left behind.

export interface FrameTurnsDeps<T> {
  /** Runs once before the next frame is drawn, so that fast answers render once a frame and not once a token. */
  nextFrame: (task: () => void) => void
  nowMs: () => number
  /** Runs an edit, and comes back when the page shows it: only then is known what it cost. */
  drawn: (edit: () => void) => void
  /** Everything that has arrived for one answer, in order. */
  take: (id: string, items: readonly T[]) => void
}

/** The rest of a frame belongs to layout, to paint and to whoever types. */
const budgetMs = 8

export function createFrameTurns<T>({ nextFrame, nowMs, drawn, take }: FrameTurnsDeps<T>) {
  // Whoever has had its turn comes in again behind those that wait.
  const waiting = new Map<string, T[]>()
  let isAsked = false

  const flush = (id: string) => {
    const items = waiting.get(id)
    waiting.delete(id)
    if (items) take(id, items)
  }

  const ask = () => {
    if (isAsked || waiting.size === 0) return
    isAsked = true
    nextFrame(draw)
  }

  function draw(): void {
    isAsked = false
    const beganMs = nowMs()
    for (const id of waiting.keys()) {
      drawn(() => flush(id))
      if (nowMs() - beganMs >= budgetMs) break
    }
    ask()
  }

  return {
    push(id: string, item: T): void {
      const items = waiting.get(id)
      if (items) items.push(item)
      else waiting.set(id, [item])
      ask()
    },
    /** Hands on what waits for this one now. */
    flush,
  }
}
