import * as fc from 'fast-check'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { bucketOf } from '../../electron/journal/latency-histogram.ts'
import { stepsMs } from '../../electron/journal/sums.ts'
import type { DecisionView } from '../../shared/decision.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { NotedHeaders } from '../../shared/outcome.ts'
import type { RequestView } from '../../shared/request.ts'
import { isSavedByRotation } from '../../shared/request-history.ts'
import { aBatch, aJournalPath, aService, allPages, dayMs, logsOf, recordAll } from './recording.ts'
import { eventsOfAll, story } from './stories.ts'

type Sums = Record<string, number[]>

function add(sums: Sums, name: string, values: readonly number[]): void {
  sums[name] = values.map((value, index) => value + (sums[name]?.[index] ?? 0))
}

/** The sums as somebody would count them who had only the requests. */
function recount(views: readonly RequestView[]): { requests: Sums; latencies: Sums; attempts: Sums } {
  const requests: Sums = {}
  const latencies: Sums = {}
  const attempts: Sums = {}
  for (const step of stepsMs) {
    const at = (ms: number) => Math.floor(ms / step) * step
    for (const view of views) {
      for (const { startedAtMs, durationMs, outcome, keyId, modelId = view.modelId } of view.attempts) {
        if (!outcome) continue
        const endedAtMs = startedAtMs + (durationMs ?? 0)
        add(attempts, `${step} ${at(endedAtMs)} ${modelId} ${keyId} ${outcome.kind}`, [1, durationMs ?? 0])
      }
      if (view.endedAtMs === null) continue
      const { usage, result, client } = view
      const durationMs = view.endedAtMs - view.startedAtMs
      add(requests, `${step} ${at(view.endedAtMs)} ${view.modelId} ${client}`, [
        1,
        Number(result === 'served'),
        Number(result === 'failed'),
        Number(result === 'cancelled'),
        Number(isSavedByRotation(view)),
        usage?.promptTokens ?? 0,
        usage?.completionTokens ?? 0,
        // No price was given, so what has tokens is not priced.
        Number(usage !== null),
      ])
      if (result === 'served')
        add(latencies, `${step} ${at(view.endedAtMs)} ${view.modelId} ${bucketOf(durationMs)}`, [1])
    }
  }
  return { requests, latencies, attempts }
}

/** The sums as the file has them. */
function sumsIn(path: string): ReturnType<typeof recount> {
  const db = new DatabaseSync(path, { readOnly: true })
  const read = (sql: string) => {
    const sums: Sums = {}
    // One model or key may have had several names.
    for (const { name, ...values } of db.prepare(sql).all()) add(sums, String(name), Object.values(values).map(Number))
    return sums
  }
  const model = 'JOIN names m ON m.id = s.model'
  const kinds = `CASE s.kind WHEN 0 THEN 'served' WHEN 1 THEN 'cancelled' WHEN 2 THEN 'address-blocked'
    WHEN 3 THEN 'caller-fault' WHEN 4 THEN 'not-allowed' WHEN 5 THEN 'exhausted' WHEN 6 THEN 'rate-limited'
    WHEN 7 THEN 'upstream-failed' WHEN 8 THEN 'rejected' WHEN 9 THEN 'broken-stream' END`
  const sums = {
    requests: read(
      `SELECT s.step || ' ' || s.at || ' ' || m.ref || ' ' || c.ref AS name, finished, served, failed, cancelled, saved,
         prompt_tokens, completion_tokens, unpriced FROM request_sums s ${model} JOIN names c ON c.id = s.client`,
    ),
    latencies: read(
      `SELECT s.step || ' ' || s.at || ' ' || m.ref || ' ' || s.bucket AS name, n FROM latency_sums s ${model}`,
    ),
    attempts: read(
      `SELECT s.step || ' ' || s.at || ' ' || m.ref || ' ' || k.ref || ' ' || ${kinds} AS name, n, duration_ms
       FROM attempt_sums s ${model} JOIN names k ON k.id = s.key`,
    ),
  }
  db.close()
  return sums
}

/** What an event says of an attempt beside what became of it. */
function notesIn(event: LiveEvent): { number: number; decision?: DecisionView; headers?: NotedHeaders }[] {
  if (event.kind === 'attempt-started' && event.decision) return [{ number: event.number, decision: event.decision }]
  return event.kind === 'attempt-ended' && event.headers ? [{ number: event.number, headers: event.headers }] : []
}

const stories = fc.array(story, { minLength: 1, maxLength: 25 })
const writeEvery = fc.integer({ min: 1, max: 40 })
const runs = { numRuns: 60 }

describe('what the journal has written', () => {
  it('is every request as main folded it from its events, however they fell into batches', () => {
    fc.assert(
      fc.property(stories, writeEvery, (told, every) => {
        const service = aService()
        const known = recordAll(service, eventsOfAll(told, dayMs), (index) => index % every === 0)
        const stored = allPages(service).map((entry) => ({ ...entry, position: undefined, costMicros: undefined }))
        const byId = (views: readonly RequestView[]) => views.toSorted((a, b) => a.id.localeCompare(b.id))
        expect(byId(stored)).toEqual(byId(known))
        service.close()
      }),
      runs,
    )
  })

  it('has the decision and the headers of every attempt that had them', () => {
    fc.assert(
      fc.property(stories, writeEvery, (told, every) => {
        const service = aService()
        const events = eventsOfAll(told, dayMs)
        recordAll(service, events, (index) => index % every === 0)
        for (const { id } of allPages(service)) {
          const notes = events.flatMap((event) =>
            'requestId' in event && event.requestId === id ? notesIn(event) : [],
          )
          const { decisions, headers } = service.request(id)!
          expect([...decisions, ...headers].toSorted((a, b) => a.number - b.number)).toEqual(
            notes.toSorted((a, b) => a.number - b.number),
          )
        }
        service.close()
      }),
      runs,
    )
  })

  it('has sums that equal a recount of the requests, for each of their lengths of time', () => {
    fc.assert(
      fc.property(stories, writeEvery, (told, every) => {
        const path = aJournalPath()
        const service = aService(path)
        const known = recordAll(service, eventsOfAll(told, dayMs), (index) => index % every === 0)
        service.close()
        expect(sumsIn(path)).toEqual(recount(known))
      }),
      runs,
    )
  })

  it('counts a batch once that was written a second time', () => {
    const path = aJournalPath()
    const service = aService(path)
    const told = fc.sample(story, { numRuns: 30, seed: 7 })
    const events = eventsOfAll(told, dayMs)
    const known = recordAll(service, events)
    const again = logsOf(events).map((log) => ({ ...log, wasSent: true }))
    expect(service.write(aBatch(again))).toMatchObject({ ok: true })
    service.close()
    expect(sumsIn(path)).toEqual(recount(known))
  })

  it('counts requests that ran when the application was killed as failed, from its next start on', () => {
    const path = aJournalPath()
    const first = aService(path)
    const running = fc.sample(story, { numRuns: 10, seed: 3 }).map((told) => ({ ...told, end: null }))
    const known = recordAll(first, eventsOfAll(running, dayMs))
    first.close()
    const stored = allPages(aService(path))
    expect(stored).toHaveLength(known.length)
    expect(stored.every(({ result, failure }) => result === 'failed' && failure?.code === 'interrupted')).toBe(true)
    const attempts = stored.flatMap((request) => request.attempts)
    expect(attempts.filter(({ outcome }) => outcome === null)).toEqual([])
    expect(sumsIn(path).requests).toEqual(recount(stored).requests)
  })
})
