import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchOf } from '../../electron/journal/batch.ts'
import type { Waiting } from '../../electron/journal/outbox.ts'
import { startedRequest, withEvent } from '../../shared/request-history.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { RequestView } from '../../shared/request.ts'
import { aRecording, aService, allPages, dayMs } from './recording.ts'
import { eventsOfAll, story } from './stories.ts'

/** Between two events: nothing, or a batch that is written, refused by the disk, or written by a thread that then dies. */
const writing = fc.constantFrom('none', 'none', 'written', 'refused', 'unheard')

/** What somebody would know of each request who had kept every event. */
function folded(events: readonly LiveEvent[]): RequestView[] {
  const views = new Map<string, RequestView>()
  for (const event of events) {
    if (event.kind === 'request-started') views.set(event.requestId, startedRequest(event))
    else if ('requestId' in event) views.set(event.requestId, withEvent(views.get(event.requestId)!, event))
  }
  return [...views.values()].toSorted(byId)
}

const byId = (a: RequestView, b: RequestView) => a.id.localeCompare(b.id)

describe('what waits to be written', () => {
  it('arrives whole and once, whichever batches fail, are written unheard, or are cut to size', () => {
    fc.assert(
      fc.property(
        fc.array(story, { maxLength: 12 }),
        fc.array(writing, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        (stories, writings, requestsPerBatch) => {
          const service = aService()
          const { outbox, record } = aRecording({ requests: 1_000, requestsPerBatch })
          const write = ({ requests, keyStates }: Waiting) => {
            expect(requests.ids.length).toBeLessThanOrEqual(requestsPerBatch)
            expect(service.write(batchOf(requests, keyStates, [], () => null))).toMatchObject({ ok: true })
          }
          const events = eventsOfAll(stories, dayMs)
          for (const [nth, event] of events.entries()) {
            record(event)
            const how = writings[nth % writings.length]
            if (how === 'none') continue
            const taken = outbox.take()
            if (how !== 'refused') write(taken)
            if (how !== 'written') outbox.putBack(taken)
          }
          while (outbox.size > 0) write(outbox.take())
          const stored = allPages(service).map(({ position: _position, costMicros: _cost, ...view }) => view)
          expect(stored.toSorted(byId)).toEqual(folded(events))
          service.close()
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is no more than its limit, and what found no room is still among the recent requests', () => {
    fc.assert(
      fc.property(fc.array(story, { maxLength: 20 }), fc.integer({ min: 1, max: 6 }), (stories, requests) => {
        const { recent, outbox, record } = aRecording({ requests, requestsPerBatch: 2 })
        const events = eventsOfAll(stories, dayMs)
        for (const event of events) {
          record(event)
          expect(outbox.size).toBeLessThanOrEqual(requests)
        }
        expect(outbox.dropped).toBe(Math.max(0, stories.length - requests))
        expect(recent.list(100).toSorted(byId)).toEqual(folded(events))
      }),
    )
  })

  it('keeps the last requests that ended recent, however they were packed', () => {
    fc.assert(
      fc.property(fc.array(story, { maxLength: 20 }), fc.array(fc.boolean(), { minLength: 1 }), (stories, takes) => {
        const { recent, outbox, record } = aRecording({ requests: 8, requestsPerBatch: 3 }, 5)
        const events = eventsOfAll(stories, dayMs)
        const order: string[] = []
        for (const [nth, event] of events.entries()) {
          record(event)
          if (event.kind === 'request-ended') order.push(event.requestId)
          if (takes[nth % takes.length]) outbox.take()
        }
        const known = folded(events)
        const running = known.filter(({ endedAtMs }) => endedAtMs === null).map(({ id }) => id)
        const shown = recent.list(100).map(({ id }) => id)
        expect(shown.length).toBe(running.length + Math.min(5, order.length))
        expect(shown).toEqual(expect.arrayContaining(running))
        const endOf = (id: string) => known.find((one) => one.id === id)!.endedAtMs!
        const oldestShown = Math.min(...shown.filter((id) => order.includes(id)).map(endOf))
        // Of those that ended in the same moment it may be any.
        const forgotten = order.filter((id) => !shown.some((one) => one === id))
        expect(forgotten.filter((id) => endOf(id) > oldestShown)).toEqual([])
      }),
    )
  })
})
