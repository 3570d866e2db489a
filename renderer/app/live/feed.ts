/** One subscription serves the whole page: events fill the history outside React, and readers hear of it once a frame. */
import type { LiveBatch, LiveEvent } from '../../../shared/live-event.ts'
import type { ModelView } from '../../../shared/model.ts'
import type { RequestView } from '../../../shared/request.ts'
import { createClockOffset } from './clock-offset.ts'
import { LiveHistory } from './history.ts'

export interface FeedDeps {
  live(signal: AbortSignal): Promise<AsyncIterable<LiveBatch>>
  recent(limit: number): Promise<RequestView[]>
  /** Hands each batch on, for the store of models. */
  take(events: readonly LiveEvent[]): void
  refreshLists(): Promise<unknown>
  /** Runs once before the next frame is drawn. */
  nextFrame(task: () => void): void
  wait(delayMs: number): Promise<void>
  wallMs(): number
}

export type FeedConnection = 'connecting' | 'open' | 'lost'

export interface LiveFeed {
  readonly history: LiveHistory
  /** Follows main until the signal aborts, and again after each loss. Never rejects. */
  run: (signal: AbortSignal) => Promise<void>
  /** Calls `changed` at most once a frame, after anything was heard. */
  subscribe: (changed: () => void) => () => void
  seed: (models: readonly ModelView[]) => void
  connection: () => FeedConnection
  /** Events that main could not hand to this page in time. */
  dropped: () => number
  /** Main's wall clock, as far as the page can tell. */
  nowMs: () => number
}

const recentRequests = 1_000
const retryMs = [250, 500, 1_000, 2_000, 4_000] as const

export function createLiveFeed(deps: FeedDeps): LiveFeed {
  const history = new LiveHistory()
  const readers = new Set<() => void>()
  const offset = createClockOffset()
  let connection: FeedConnection = 'connecting'
  let dropped = 0
  let frameAsked = false

  const notify = () => {
    if (frameAsked) return
    frameAsked = true
    deps.nextFrame(() => {
      frameAsked = false
      for (const reader of readers) reader()
    })
  }

  const become = (next: FeedConnection) => {
    connection = next
    notify()
  }

  const take = (batch: LiveBatch) => {
    const newest = batch.events.at(-1)
    if (newest) offset.heard(newest.atMs, deps.wallMs())
    dropped += batch.dropped
    history.apply(batch.events)
    deps.take(batch.events)
    notify()
  }

  const takeSnapshot = async () => {
    history.backfill(await deps.recent(recentRequests), deps.wallMs() - offset.ms())
    // A listing that fails (a locked vault) does not stop the events; the next change asks for it again.
    await deps.refreshLists().catch(() => undefined)
    become('open')
  }

  /** The first batch says that main is listening; the snapshot is read after it, so that nothing falls in between. */
  const follow = async (signal: AbortSignal, heard: () => void) => {
    let first = true
    for await (const batch of await deps.live(signal)) {
      heard()
      if (first) await takeSnapshot()
      first = false
      take(batch)
    }
  }

  return {
    history,
    async run(signal) {
      let losses = 0
      while (!signal.aborted) {
        try {
          await follow(signal, () => (losses = 0))
        } catch {
          // Whatever broke it, the page shows that it is not live and asks again.
        }
        if (signal.aborted) return
        become('lost')
        await deps.wait(retryMs[Math.min(losses, retryMs.length - 1)] ?? 4_000)
        losses += 1
      }
    },
    subscribe(changed) {
      readers.add(changed)
      return () => void readers.delete(changed)
    },
    seed(models) {
      history.seed(models, deps.wallMs() - offset.ms())
      notify()
    },
    connection: () => connection,
    dropped: () => dropped,
    nowMs: () => deps.wallMs() - offset.ms(),
  }
}
