import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDecision, aKeyId, aModelId, anOutcome, aRequestId } from '../support/events.ts'
import type { BatchTables, PackedBatch } from '../../electron/journal/batch.ts'
import { viewsOf } from '../../electron/journal/packed-views.ts'
import { viewOf, type RequestLog } from '../../electron/journal/request-log.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import { aBatch, dayMs, logsOf } from './recording.ts'
import { eventsOfAll, story } from './stories.ts'

/** As a thread is handed it: the numbers are moved there. */
const crossed = (batch: PackedBatch): PackedBatch => structuredClone(batch, { transfer: [batch.numbers.buffer] })

/** The requests of a batch, as somebody would read them who has nothing else. */
const viewsIn = (batch: PackedBatch) => viewsOf({ ...batch, tables: JSON.parse(batch.tables) as BatchTables })

/** Packed as they ended, they are read in the order in which they began. */
const byStart = (logs: readonly RequestLog[]) => logs.map(viewOf).toSorted((a, b) => a.startedAtMs - b.startedAtMs)

const ofRequest = { requestId: aRequestId(), modelId: aModelId(), seq: 0 }
const ofStandIn = { ...ofRequest, modelId: aModelId('model-2') }
const attempt = { number: 2, keyId: aKeyId(), keyLabel: '\ud800 余额不足' }

/** A request with something in every field. */
const everything: LiveEvent[] = [
  { kind: 'request-started', ...ofRequest, atMs: dayMs, modelName: 'Asked', client: '\ud800' },
  { kind: 'fell-back', ...ofStandIn, atMs: dayMs, modelName: '' },
  { kind: 'attempt-started', ...ofStandIn, ...attempt, atMs: dayMs, probe: true, decision: aDecision({ tried: 1 }) },
  { kind: 'first-output', ...ofStandIn, atMs: dayMs, afterMs: 0.125 },
  {
    kind: 'attempt-ended',
    ...ofStandIn,
    ...attempt,
    atMs: dayMs,
    durationMs: 1 / 3,
    outcome: anOutcome({ kind: 'rate-limited', status: 429, providerMessage: '\ud800', retryAfterMs: 0 }),
    headers: [
      ['x-request-id', 'r 1'],
      ['retry-after', '20'],
    ],
  },
  {
    kind: 'request-ended',
    ...ofRequest,
    atMs: dayMs + 1,
    result: 'failed',
    attempts: 1,
    durationMs: 1,
    usage: { promptTokens: 0, completionTokens: 7, estimated: true },
    failure: {
      code: 'keys_unavailable',
      model: 'Asked',
      host: 'api.example',
      outcome: anOutcome({ kind: 'exhausted' }),
      keys: [{ keyId: aKeyId(), label: 'acct-1', state: { kind: 'ready' }, lastFailure: null }],
      retryAtMs: dayMs + 2,
    },
  },
]

describe('a batch on its way to the thread', () => {
  it('says of each request what its events fold to, however far it has come', () => {
    fc.assert(
      fc.property(fc.array(story, { maxLength: 8 }), fc.nat(1_000), (stories, cut) => {
        const events = eventsOfAll(stories, dayMs)
        const logs = logsOf(events.slice(0, Math.ceil((events.length * cut) / 1_000)))
        expect(viewsIn(crossed(aBatch(logs)))).toEqual(byStart(logs))
      }),
    )
  })

  it('arrives with everything that a request can have', () => {
    const logs = logsOf(everything)
    expect(viewsIn(crossed(aBatch(logs)))).toEqual(logs.map(viewOf))
  })

  it('arrives when nothing is in it', () => {
    expect(viewsIn(crossed(aBatch()))).toEqual([])
  })

  it('is not spoiled by the batch after it', () => {
    const [one] = logsOf(everything)
    const first = aBatch([one!])
    const other = aBatch(logsOf(eventsOfAll(fc.sample(story, { numRuns: 200, seed: 1 }), dayMs)))
    expect(viewsIn(first)).toEqual([viewOf(one!)])
    expect(viewsIn(other)).toHaveLength(200)
  })

  it('says once what its requests have in common', () => {
    const [log] = logsOf(everything)
    const logs = Array.from({ length: 50 }, (_, nth) => ({
      ...log!,
      started: { ...log!.started, requestId: aRequestId(`request-${nth}`) },
    }))
    const { models, clients, keys, outcomes, standings, headerNames } = JSON.parse(aBatch(logs).tables) as BatchTables
    const one = JSON.parse(aBatch([log!]).tables) as BatchTables
    expect({ models, clients, keys, outcomes, standings, headerNames, failures: one.failures }).toEqual(one)
  })
})
