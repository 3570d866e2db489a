import { describe, expect, it } from 'vitest'
import { createBus } from '../../electron/events/bus.ts'
import { liveBatches } from '../../electron/events/live-batches.ts'
import type { LiveBatch, LiveEventInput } from '../../shared/live-event.ts'
import { aDecision, anAttemptEnded, anAttemptStarted } from '../support/events.ts'
import { FakeClock } from '../support/fake-clock.ts'

const following = (maxEvents = 100) => {
  const clock = new FakeClock()
  const bus = createBus({ wallMs: clock.wallMs, onListenerError: () => {} })
  const leaving = new AbortController()
  const batches = liveBatches({ bus, schedule: clock.schedule }, leaving.signal, { intervalMs: 100, maxEvents })
  const publish = (count: number) => {
    for (let event = 0; event < count; event += 1) bus.publish({ kind: 'models-changed' })
  }
  return { bus, clock, leaving, batches, publish }
}

describe('live batches', () => {
  it('begin with an empty one, so that a page knows it is subscribed before it reads a snapshot', async () => {
    const { batches } = following()
    expect((await batches.next()).value).toEqual({ events: [], dropped: 0 })
  })

  it('gather what happens within the interval into one', async () => {
    const { clock, batches, publish } = following()
    await batches.next()
    publish(1)
    expect((await batches.next()).value?.events).toHaveLength(1)
    const second = batches.next()
    publish(3)
    await clock.advance(99)
    publish(2)
    await clock.advance(1)
    expect((await second).value?.events).toHaveLength(5)
  })

  it('drop the oldest events of a slow page and say how many', async () => {
    const { batches, publish } = following(10)
    await batches.next()
    publish(25)
    const { value } = (await batches.next()) as { value: LiveBatch | undefined }
    expect(value?.dropped).toBe(15)
    expect(value?.events.map((event) => event.seq)).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25])
  })

  it('end when the page leaves, also while nothing happens', async () => {
    const { leaving, batches } = following()
    await batches.next()
    const waiting = batches.next()
    leaving.abort()
    expect(await waiting).toEqual({ done: true, value: undefined })
  })

  it('leave out why a key was chosen and what headers said, which pages ask for by request', async () => {
    const { bus, batches } = following()
    await batches.next()
    bus.publish(anAttemptStarted({ decision: aDecision() }))
    bus.publish({ ...anAttemptEnded(), headers: [['x-request-id', 'r-1']] } as LiveEventInput)
    expect((await batches.next()).value?.events).toMatchObject([
      { kind: 'attempt-started', decision: undefined },
      { kind: 'attempt-ended', headers: undefined },
    ])
  })
})
