import { describe, expect, it } from 'vitest'
import { createEndedRequests } from '../../electron/journal/ended-requests.ts'
import { createRecentRequests } from '../../electron/journal/recent-requests.ts'
import { createBus } from '../../electron/events/bus.ts'
import { aKeyId, aModelId, anAttemptEnded, aRequestId } from '../support/events.ts'

const recording = (capacity?: number) => {
  const ended = createEndedRequests(capacity)
  const recent = createRecentRequests(ended)
  let nowMs = 1_000
  const bus = createBus({ wallMs: () => (nowMs += 1), onListenerError: () => {} })
  bus.subscribe((event) => {
    const log = recent.record(event)
    if (log?.hasEnded) ended.add(log)
  })
  const start = (id = 'request-1') =>
    bus.publish({
      kind: 'request-started',
      requestId: aRequestId(id),
      modelId: aModelId(),
      modelName: 'glm',
      client: 'test',
    })
  const attempt = (number: number) =>
    bus.publish({
      kind: 'attempt-started',
      requestId: aRequestId(),
      modelId: aModelId(),
      keyId: aKeyId(),
      keyLabel: 'acct-1',
      number,
      probe: false,
    })
  const end = (id = 'request-1') =>
    bus.publish({
      kind: 'request-ended',
      requestId: aRequestId(id),
      modelId: aModelId(),
      result: 'served',
      attempts: 1,
      durationMs: 5,
      usage: null,
      failure: null,
    })
  return { recent, bus, start, attempt, end }
}

describe('the recent requests', () => {
  it('hold each attempt with its own outcome', () => {
    const { recent, bus, start, attempt } = recording()
    start()
    attempt(1)
    bus.publish(anAttemptEnded({ kind: 'rate-limited', status: 429 }, 1))
    attempt(2)
    bus.publish(anAttemptEnded({}, 2))
    expect(recent.find(aRequestId())?.attempts.map((one) => one.outcome?.kind)).toEqual(['rate-limited', 'served'])
  })

  it('name the model that stands in for the one that was asked for', () => {
    const { recent, bus, start } = recording()
    start()
    bus.publish({ kind: 'fell-back', requestId: aRequestId(), modelId: aModelId('model-2'), modelName: 'gpt' })
    expect(recent.find(aRequestId())).toMatchObject({
      modelName: 'glm',
      standIn: { modelId: 'model-2', modelName: 'gpt' },
    })
  })

  it('tell a request that waits from one that runs', () => {
    const { recent, bus, start, attempt } = recording()
    start()
    bus.publish({ kind: 'request-parked', requestId: aRequestId(), modelId: aModelId(), untilMs: 9_000 })
    expect(recent.find(aRequestId())?.result).toBe('parked')
    attempt(1)
    expect(recent.find(aRequestId())?.result).toBe('running')
  })

  it('list the newest first, and forget the oldest that ended beyond their capacity', () => {
    const { recent, start, end } = recording(2)
    for (const id of ['a', 'b', 'c', 'd']) start(id)
    for (const id of ['b', 'c', 'd']) end(id)
    expect(recent.list(10).map((request) => request.id)).toEqual(['d', 'c', 'a'])
    expect(recent.find(aRequestId('a'))?.result).toBe('running')
  })

  it('do not change a request that has ended', () => {
    const { recent, bus, start, end } = recording()
    start()
    end()
    bus.publish({ kind: 'first-output', requestId: aRequestId(), modelId: aModelId(), afterMs: 5 })
    expect(recent.find(aRequestId())).toMatchObject({ result: 'served', firstOutputMs: null })
  })

  it('ignore what belongs to a request they no longer hold', () => {
    const { recent, bus } = recording()
    bus.publish(anAttemptEnded())
    expect(recent.list(10)).toEqual([])
  })
})
