import { describe, expect, it } from 'vitest'
import { createTraffic, mostInFlight, type TrafficCounts } from '../../../renderer/features/dashboard/traffic.ts'
import type { ChatEvent } from '../../../shared/chat.ts'
import { modelA } from '../live-events.ts'

const done: ChatEvent = { kind: 'done', finishReason: 'stop', usage: null, firstOutputMs: 1, durationMs: 2, cost: null }
const failed: ChatEvent = {
  kind: 'failed',
  failure: { code: 'keys_unavailable', model: 'm', host: null, outcome: null, keys: [], retryAtMs: null },
}

async function* answers(...events: ChatEvent[]) {
  yield* events
}

describe('test traffic', () => {
  it('sends a burst of exactly so many requests, a few at a time', async () => {
    const counts: TrafficCounts[] = []
    let running = 0
    let most = 0
    const traffic = createTraffic({
      chat: async () => {
        running += 1
        most = Math.max(most, running)
        await Promise.resolve()
        running -= 1
        return answers(done)
      },
      wait: () => Promise.resolve(),
      onChange: (change) => void counts.push(change),
    })
    await traffic.burst(modelA, 20, new AbortController().signal)
    expect(counts.at(-1)).toEqual({ sent: 20, unanswered: 0 })
    expect(most).toBeLessThanOrEqual(mostInFlight)
  })

  it('counts what was not answered, whether main said so or the call broke', async () => {
    const counts: TrafficCounts[] = []
    let calls = 0
    const traffic = createTraffic({
      chat: () => {
        calls += 1
        return calls === 1 ? Promise.reject(new Error('lost')) : Promise.resolve(answers(failed))
      },
      wait: () => Promise.resolve(),
      onChange: (change) => void counts.push(change),
    })
    await traffic.burst(modelA, 2, new AbortController().signal)
    expect(counts.at(-1)).toEqual({ sent: 2, unanswered: 2 })
  })

  it('does not pile up requests on a slow upstream, and stops when it is told to', async () => {
    const stop = new AbortController()
    let sent = 0
    let waits = 0
    const traffic = createTraffic({
      chat: () => {
        sent += 1
        return new Promise(() => undefined)
      },
      wait: () => {
        waits += 1
        if (waits === 30) stop.abort()
        return Promise.resolve()
      },
      onChange: () => undefined,
    })
    await traffic.run(modelA, stop.signal)
    expect(waits).toBe(30)
    expect(sent).toBe(mostInFlight)
  })
})
