import { expect, it } from 'vitest'
import { createLiveFeed, type FeedDeps } from '../../../renderer/app/live/feed.ts'
import type { LiveBatch, LiveEvent } from '../../../shared/live-event.ts'
import { script } from '../live-events.ts'

const { events, view } = script({ id: 'r', startMs: 1_000, attempts: [{ key: 'a', kind: 'served', durationMs: 5 }] })

/** Main as the page hears it: each connection gives its batches and then ends, or throws. */
function aMain(connections: (() => AsyncIterable<LiveBatch>)[], stop: AbortController, more: Partial<FeedDeps> = {}) {
  const frames: (() => void)[] = []
  const waits: number[] = []
  const taken: (readonly LiveEvent[])[] = []
  const feed = createLiveFeed({
    live: () => {
      const next = connections.shift()
      if (next) return Promise.resolve(next())
      stop.abort()
      return Promise.reject(new Error('nobody there'))
    },
    recent: () => Promise.resolve([]),
    take: (batch) => void taken.push(batch),
    refreshLists: () => Promise.resolve(),
    nextFrame: (task) => void frames.push(task),
    wait: (delayMs) => Promise.resolve(void waits.push(delayMs)),
    wallMs: () => 1_005,
    ...more,
  })
  return { feed, frames, waits, taken }
}

async function* batches(...list: LiveBatch[]) {
  yield* list
}

// oxlint-disable-next-line require-yield -- a connection that breaks before its first batch
async function* broken(): AsyncGenerator<LiveBatch> {
  throw new Error('reset')
}

it('tells its readers once a frame, however many batches came', async () => {
  const stop = new AbortController()
  const many = Array.from({ length: 50 }, () => ({ events: [], dropped: 0 }))
  const { feed, frames } = aMain([() => batches(...many)], stop)
  let told = 0
  feed.subscribe(() => (told += 1))
  await feed.run(stop.signal)
  expect(frames).toHaveLength(1)
  frames[0]?.()
  expect(told).toBe(1)
})

it('counts what main had to drop', async () => {
  const stop = new AbortController()
  const { feed } = aMain([() => batches({ events: [], dropped: 3 }, { events, dropped: 4 })], stop)
  await feed.run(stop.signal)
  expect(feed.dropped()).toBe(7)
})

it('follows again after a loss, and counts nothing twice that a snapshot repeats', async () => {
  const stop = new AbortController()
  const first = () => batches({ events: events.slice(0, 2), dropped: 0 })
  const { feed, waits, taken } = aMain([first, broken, () => batches({ events, dropped: 0 })], stop, {
    recent: () => Promise.resolve([view]),
  })
  await feed.run(stop.signal)
  expect(feed.history.requests.recent()).toHaveLength(1)
  expect(feed.history.attempts.next).toBe(1)
  expect(feed.connection()).toBe('lost')
  expect(waits.length).toBeGreaterThanOrEqual(2)
  expect(taken.flat()).toHaveLength(2 + events.length)
})

it('waits longer after each failure in a row, and no longer than four seconds', async () => {
  const stop = new AbortController()
  const { feed, waits } = aMain(
    Array.from({ length: 6 }, () => broken),
    stop,
  )
  await feed.run(stop.signal)
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000])
})

it('stays live when the models cannot be listed, as with a locked vault', async () => {
  const stop = new AbortController()
  const { feed } = aMain([() => batches({ events, dropped: 0 })], stop, {
    refreshLists: () => Promise.reject(new Error('locked')),
  })
  await feed.run(stop.signal)
  expect(feed.history.requests.recent()).toHaveLength(1)
})

it("reads main's clock when the two machines disagree, and leaves a small delay alone", async () => {
  const stop = new AbortController()
  const near = aMain([() => batches({ events, dropped: 0 })], stop, { wallMs: () => 1_150 })
  await near.feed.run(stop.signal)
  expect(near.feed.nowMs()).toBe(1_150)
  const again = new AbortController()
  const far = aMain([() => batches({ events, dropped: 0 })], again, { wallMs: () => 3_601_005 })
  await far.feed.run(again.signal)
  expect(far.feed.nowMs()).toBe(1_005)
})
