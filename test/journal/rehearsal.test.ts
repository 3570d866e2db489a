import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rehearsalClient } from '../../shared/rehearsal-terms.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import { aService, allPages, dayMs, recordAll } from './recording.ts'
import { eventsOfAll, story } from './stories.ts'

const window = { modelId: null, fromMs: dayMs - 86_400_000, toMs: dayMs + 86_400_000 }

describe('requests of a rehearsal', () => {
  it('are listed, and are in no sum, whatever else happened', () => {
    fc.assert(
      fc.property(fc.array(story, { maxLength: 12 }), fc.array(fc.boolean(), { maxLength: 12 }), (stories, played) => {
        const events = eventsOfAll(stories, dayMs)
        const ids = new Set(idsOf(events).filter((_, index) => played[index] === true))
        const all = aService()
        const real = aService()
        recordAll(
          all,
          events.map((event) => (ids.has(idOf(event)) ? asRehearsal(event) : event)),
        )
        recordAll(
          real,
          events.filter((event) => !ids.has(idOf(event))),
        )
        expect(all.figures({ window, wallMs: dayMs })).toEqual(real.figures({ window, wallMs: dayMs }))
        expect(all.failures(window)).toEqual(real.failures(window))
        expect(
          allPages(all, { client: rehearsalClient })
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual([...ids].toSorted())
      }),
      { numRuns: 12 },
    )
  })

  it('are not among the attempts that the lanes draw, nor among the recent ones', () => {
    const [events] = fc.sample(
      fc.array(story, { minLength: 3, maxLength: 3 }).map((stories) => eventsOfAll(stories, dayMs)),
      {
        numRuns: 1,
        seed: 7,
      },
    )
    const service = aService()
    expect(recordAll(service, events!.map(asRehearsal))).toEqual([])
    const models = new Set(events!.flatMap((event) => ('modelId' in event ? [event.modelId] : [])))
    for (const modelId of models) {
      expect(service.attempts({ ...window, modelId, limit: 100 }).requests).toEqual([])
    }
  })
})

const idOf = (event: LiveEvent): string => ('requestId' in event ? event.requestId : '')
const idsOf = (events: readonly LiveEvent[]) => [...new Set(events.map(idOf))].filter((id) => id !== '')

const asRehearsal = (event: LiveEvent): LiveEvent =>
  event.kind === 'request-started' ? { ...event, client: rehearsalClient } : event
