import { describe, expect, it } from 'vitest'
import { LiveHistory } from '../../../renderer/app/live/history.ts'
import { inFlightOf, waitsUntilMs } from '../../../renderer/features/gateway/in-flight.ts'
import type { KeyId, ModelId, RequestId } from '../../../shared/identity.ts'
import type { KeyState, KeyView } from '../../../shared/key.ts'
import type { LiveEventInput } from '../../../shared/live-event.ts'
import { anOutcome, modelA } from '../live-events.ts'

/** A page that hears these events, one a second. */
function aPageThatHeard(...events: LiveEventInput[]) {
  const history = new LiveHistory()
  history.apply(events.map((event, index) => ({ ...event, seq: index, atMs: (index + 1) * 1_000 })))
  return () => inFlightOf(history.requests.running(), ({ id }) => history.parkedUntilMs(id))
}

const ofRequest = (id: string) => ({ requestId: id as RequestId, modelId: modelA })
const started = (id: string, client: string): LiveEventInput => ({
  kind: 'request-started',
  ...ofRequest(id),
  modelName: 'glm-4.7',
  client,
})
const leased = (id: string, number: number, key: string): LiveEventInput => ({
  kind: 'attempt-started',
  ...ofRequest(id),
  number,
  keyId: key as KeyId,
  keyLabel: key,
  probe: false,
})
const failed = (id: string, number: number, key: string): LiveEventInput => ({
  kind: 'attempt-ended',
  ...ofRequest(id),
  number,
  keyId: key as KeyId,
  keyLabel: key,
  durationMs: 5,
  outcome: anOutcome('rate-limited'),
})
const parked = (id: string, untilMs: number | null): LiveEventInput => ({
  kind: 'request-parked',
  ...ofRequest(id),
  untilMs,
})
const ended = (id: string): LiveEventInput => ({
  kind: 'request-ended',
  ...ofRequest(id),
  result: 'served',
  attempts: 1,
  durationMs: 10,
  usage: null,
  failure: null,
})

it('lists what clients of the gateway wait for, the longest first, and nothing that this application asks itself', () => {
  const list = aPageThatHeard(
    started('r1', 'notebook'),
    started('r2', 'playground'),
    started('r3', 'key-test'),
    started('r4', 'editor'),
  )
  expect(list().map(({ client }) => client)).toEqual(['notebook', 'editor'])
})

it('names the key and the attempt that are under way', () => {
  const list = aPageThatHeard(started('r', 'notebook'), leased('r', 1, 'a'), failed('r', 1, 'a'), leased('r', 2, 'b'))
  expect(list()).toMatchObject([{ model: 'glm-4.7', key: 'b', attempt: 2, startedAtMs: 1_000, parked: null }])
})

it('names no key between two attempts', () => {
  const list = aPageThatHeard(started('r', 'notebook'), leased('r', 1, 'a'), failed('r', 1, 'a'))
  expect(list()).toMatchObject([{ key: null, attempt: 1 }])
})

it('says until when a request waits for a key, and no longer once it goes on', () => {
  expect(aPageThatHeard(started('r', 'notebook'), parked('r', 9_000))()).toMatchObject([{ parked: { untilMs: 9_000 } }])
  expect(aPageThatHeard(started('r', 'notebook'), parked('r', null))()).toMatchObject([{ parked: { untilMs: null } }])
  const goingOn = aPageThatHeard(started('r', 'notebook'), parked('r', 9_000), leased('r', 1, 'a'))
  expect(goingOn()).toMatchObject([{ parked: null, key: 'a' }])
})

it('says that an answer has begun', () => {
  const first: LiveEventInput = { kind: 'first-output', ...ofRequest('r'), afterMs: 3 }
  expect(aPageThatHeard(started('r', 'notebook'), leased('r', 1, 'a'), first)()).toMatchObject([{ answering: true }])
})

it('forgets a request that has ended, also its wait', () => {
  const history = new LiveHistory()
  const events = [started('r', 'notebook'), parked('r', 9_000), ended('r')]
  history.apply(events.map((event, index) => ({ ...event, seq: index, atMs: index })))
  expect(inFlightOf(history.requests.running(), () => null)).toEqual([])
  expect(history.parkedUntilMs('r')).toBeNull()
})

it('forgets the wait of a request that main no longer knows', () => {
  const history = new LiveHistory()
  history.apply([started('r', 'notebook'), parked('r', 9_000)].map((event, seq) => ({ ...event, seq, atMs: seq })))
  history.backfill([], 0)
  expect(history.parkedUntilMs('r')).toBeNull()
})

describe('until when a request waits', () => {
  const history = new LiveHistory()
  const events = [started('r', 'notebook'), parked('r', null)]
  history.apply(events.map((event, index) => ({ ...event, seq: index, atMs: 1_000 })))
  const [request] = history.requests.running()
  const cooling = (untilMs: number) => ({ state: { kind: 'cooling' as const, untilMs, announced: true } })
  const ready = { state: { kind: 'ready' as const } }
  const modelOf = (id: ModelId, ...keys: { state: KeyState }[]) => ({ id, keys: keys as KeyView[] })
  const until = (told: number | null, ...models: ReturnType<typeof modelOf>[]) =>
    waitsUntilMs(request!, () => told, models, 2_000)

  it('is what the page was told', () => {
    expect(until(9_000, modelOf(modelA, cooling(5_000)))).toBe(9_000)
  })

  it('is when the first key of its model comes back, for a page that was not told', () => {
    const others = modelOf('another' as ModelId, cooling(3_000))
    expect(until(null, others, modelOf(modelA, cooling(8_000), ready, cooling(1_000), cooling(5_000)))).toBe(5_000)
  })

  it('is not known while nobody has said when a key comes back', () => {
    expect(until(null, modelOf(modelA, ready))).toBeNull()
    expect(until(null)).toBeNull()
  })
})
