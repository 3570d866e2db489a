import type { LiveBatch, LiveEvent } from '../../shared/live-event.ts'
import type { Bus } from './bus.ts'

export interface BatchLimits {
  /** The least time between two batches. */
  intervalMs: number
  /** Older events beyond this many are dropped, and counted, while a page is slow. */
  maxEvents: number
}

const liveBatchLimits: BatchLimits = { intervalMs: 100, maxEvents: 4_000 }

interface Waiting {
  events: LiveEvent[]
  dropped: number
}

/** Gathers events for one page and yields them in batches, never faster than the interval, until it is cancelled. */
export async function* liveBatches(
  deps: { bus: Bus; schedule: (delayMs: number, task: () => void) => () => void },
  signal: AbortSignal | undefined,
  limits: BatchLimits = liveBatchLimits,
): AsyncGenerator<LiveBatch> {
  let waiting: Waiting = { events: [], dropped: 0 }
  let wake = () => {}
  const unsubscribe = deps.bus.subscribe((event) => {
    waiting.events.push(forPages(event))
    if (waiting.events.length > limits.maxEvents) {
      waiting.events.shift()
      waiting.dropped += 1
    }
    wake()
  })
  const pause = (until: (resolve: () => void) => () => void) =>
    new Promise<void>((resolve) => {
      const stop = until(resolve)
      signal?.addEventListener('abort', () => (stop(), resolve()), { once: true })
    })
  try {
    // The first batch is empty and immediate: the page knows that it is subscribed before it reads a snapshot.
    yield { events: [], dropped: 0 }
    while (!signal?.aborted) {
      if (waiting.events.length === 0) await pause((resolve) => ((wake = resolve), () => {}))
      if (signal?.aborted) return
      const batch = waiting
      waiting = { events: [], dropped: 0 }
      yield batch
      await pause((resolve) => deps.schedule(limits.intervalMs, resolve))
    }
  } finally {
    unsubscribe()
  }
}

/** The reasons for a choice and the headers of an answer are large and rarely looked at: a page asks the journal for them. */
function forPages(event: LiveEvent): LiveEvent {
  if (event.kind === 'attempt-started' && event.decision !== undefined) return { ...event, decision: undefined }
  if (event.kind === 'attempt-ended' && event.headers !== undefined) return { ...event, headers: undefined }
  return event
}
