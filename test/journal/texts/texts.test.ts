import * as fc from 'fast-check'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { migrate } from '../../../electron/journal/schema.ts'
import type { JournalService } from '../../../electron/journal/service.ts'
import { createTexts } from '../../../electron/journal/texts/texts.ts'
import { aRequestId } from '../../support/events.ts'
import { aBatch, aService, allPages, dayMs, recordAll } from '../recording.ts'
import { eventsOfAll, story } from '../stories.ts'
import { noFilter } from '../../../shared/activity.ts'

const bytes = (value: unknown) => Uint8Array.from(Buffer.from(JSON.stringify(value)))

/** The prompt and the answer of a request, as its API carries them. */
const exchange = (id: string, asked: string, answered: string) => ({
  id: aRequestId(id),
  asked: bytes({ messages: [{ role: 'user', content: asked }] }),
  answered: bytes({ choices: [{ message: { content: answered } }] }),
  secrets: [],
})

const idOf = (nth: number) => `request-${String(nth).padStart(4, '0')}`

/** A journal of twenty requests, the first ten of them with their texts. */
function aJournalWithTexts(): JournalService {
  const service = aService()
  recordAll(service, eventsOfAll(fc.sample(story, { numRuns: 20, seed: 5 }), dayMs))
  const exchanges = Array.from({ length: 10 }, (_, nth) => exchange(idOf(nth), `question ${nth}`, `answer ${nth}`))
  expect(service.write(aBatch([], exchanges))).toMatchObject({ ok: true })
  return service
}

const exported = (service: JournalService, format: 'csv' | 'json', withTexts?: boolean) =>
  service.exportPart({ filter: noFilter, format, position: null, written: 0, ...(withTexts && { withTexts }) }).text

describe('prompts and answers', () => {
  it('are kept with the requests they belong to', () => {
    const service = aJournalWithTexts()
    expect(service.request(aRequestId(idOf(3)))?.texts).toEqual({
      asked: { text: '[user]\nquestion 3', cut: false },
      answered: { text: 'answer 3', cut: false },
    })
    expect(service.request(aRequestId(idOf(12)))?.texts).toBeNull()
    expect(service.stored().texts).toBe(10)
  })

  it('of no request that is kept are left out', () => {
    const service = aJournalWithTexts()
    const exchanges = [exchange('nobody', 'a', 'b')]
    service.write(aBatch([], exchanges))
    expect(service.stored().texts).toBe(10)
  })

  it('are in an export only when that is asked for', () => {
    const service = aJournalWithTexts()
    for (const format of ['csv', 'json'] as const) {
      expect(exported(service, format)).not.toContain('question 3')
      expect(exported(service, format, true)).toContain('question 3')
      expect(exported(service, format, true)).toContain('answer 3')
    }
  })

  it('are not searched, so that a search says nothing of them', () => {
    expect(allPages(aJournalWithTexts(), { text: 'question' })).toEqual([])
  })

  it('go when they are to be forgotten, and their requests stay', () => {
    const service = aJournalWithTexts()
    expect(service.forgetTexts()).toMatchObject({ texts: 0, requests: 20 })
    expect(service.request(aRequestId(idOf(3)))?.texts).toBeNull()
  })

  it('go with their requests', () => {
    const service = aJournalWithTexts()
    const limits = { days: 1, attempts: 1_000_000 }
    while (service.tidy({ limits, wallMs: dayMs + 2 * 86_400_000 }));
    expect(service.stored()).toMatchObject({ texts: 0, requests: 0 })
  })

  it('go oldest first when they take more of the disk than they may', () => {
    const db = new DatabaseSync(':memory:')
    migrate(db)
    const texts = createTexts(db)
    const insert = db.prepare('INSERT INTO texts VALUES (?, NULL, 0, NULL, 0, 1000)')
    for (let row = 1; row <= 1_000; row += 1) insert.run(row)
    while (texts.step(500_000));
    expect([texts.count(), texts.of(500), texts.of(501)]).toEqual([400, null, null])
    expect(texts.of(1_000)).toEqual({ asked: null, answered: null })
  })

  it('go with the journal', () => {
    const service = aJournalWithTexts()
    expect(service.clear()).toMatchObject({ texts: 0, requests: 0 })
  })
})
