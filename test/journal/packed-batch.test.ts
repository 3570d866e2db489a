import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Batch } from '../../electron/journal/batch.ts'
import { createOutbox } from '../../electron/journal/outbox.ts'
import { packBatch, unpackBatch } from '../../electron/journal/packed-batch.ts'
import { createRecentRequests } from '../../electron/journal/recent-requests.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import { aDecision, aKeyId, aModelId, anOutcome, aRequestId } from '../support/events.ts'
import { dayMs } from './recording.ts'
import { eventsOfAll, story } from './stories.ts'

/** As a thread is handed it: the numbers are moved there. */
function crossed(batch: Batch): Batch {
  const packed = packBatch(batch)
  return unpackBatch(structuredClone(packed, { transfer: [packed.numbers.buffer] }))
}

/** What waits after these events. */
function waitingAfter(events: readonly LiveEvent[]): Batch {
  const recent = createRecentRequests(1_000)
  const outbox = createOutbox()
  for (const event of events) {
    const view = recent.record(event)
    if (view) outbox.put(view, event)
  }
  return { ...outbox.take(1_000), exchanges: [], prices: {} }
}

/** A request with something in every field. */
const everything: Batch = {
  requests: [
    {
      view: {
        id: aRequestId(),
        modelId: aModelId(),
        modelName: 'Asked',
        standIn: { modelId: aModelId('model-2'), modelName: '' },
        client: '\ud800 余额不足',
        startedAtMs: dayMs,
        endedAtMs: dayMs + 1,
        firstOutputMs: 0.125,
        result: 'failed',
        attempts: [
          {
            number: 2,
            modelId: aModelId('model-2'),
            keyId: aKeyId(),
            keyLabel: 'acct-1',
            startedAtMs: dayMs,
            durationMs: 1 / 3,
            probe: true,
            outcome: anOutcome({ kind: 'rate-limited', status: 429, providerMessage: '\ud800', retryAfterMs: 0 }),
          },
        ],
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
      decisions: [{ number: 2, decision: aDecision({ tried: 1 }) }],
      headers: [
        {
          number: 2,
          headers: [
            ['x-request-id', 'r 1'],
            ['retry-after', '20'],
          ],
        },
      ],
    },
  ],
  keyStates: [{ atMs: 1, modelId: aModelId(), keyId: aKeyId(), label: 'acct-1', state: { kind: 'ready' } }],
  exchanges: [{ id: aRequestId(), asked: new Uint8Array([1]), answered: new Uint8Array() }],
  prices: { 'model-1': { apiBase: 'https://api.example/v1', upstreamModel: 'm', price: null } },
}

describe('a batch on its way to the thread', () => {
  it('arrives as it was, however far its requests have come', () => {
    fc.assert(
      fc.property(fc.array(story, { maxLength: 8 }), fc.nat(1_000), (stories, cut) => {
        const events = eventsOfAll(stories, dayMs)
        const batch = waitingAfter(events.slice(0, Math.ceil((events.length * cut) / 1_000)))
        expect(crossed(batch)).toEqual(batch)
      }),
    )
  })

  it('arrives with everything that a request can have', () => {
    expect(crossed(everything)).toEqual(everything)
  })

  it('arrives as it was when nothing is in it', () => {
    const empty = { requests: [], keyStates: [], exchanges: [], prices: {} }
    expect(crossed(empty)).toEqual(empty)
  })

  it('says once what its requests have in common', () => {
    const [request] = everything.requests
    const requests = Array.from({ length: 50 }, (_, nth) => ({
      ...request!,
      view: { ...request!.view, id: aRequestId(`request-${nth}`) },
    }))
    const one = packBatch(everything).texts.length
    expect(packBatch({ ...everything, requests }).texts).toHaveLength(one + 49)
  })
})
