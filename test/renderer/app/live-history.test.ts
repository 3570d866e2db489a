import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LiveHistory } from '../../../renderer/app/live/history.ts'
import { AttemptRing } from '../../../renderer/app/live/attempt-ring.ts'
import type { KeyId } from '../../../shared/identity.ts'
import type { LiveEvent } from '../../../shared/live-event.ts'
import { aKey, aModel as modelView } from '../support/views.ts'
import type { ModelView } from '../../../shared/model.ts'
import { anOutcome, interleaved, modelA, script, type ScriptedRequest } from '../live-events.ts'

const rotated: ScriptedRequest = {
  id: 'r1',
  startMs: 1_000,
  attempts: [
    { key: 'a', kind: 'rate-limited', durationMs: 30 },
    { key: 'b', kind: 'served', durationMs: 400 },
  ],
}

const keyState = (
  keyId: string,
  state: Extract<LiveEvent, { kind: 'key-state' }>['state'],
  atMs: number,
): LiveEvent => ({
  kind: 'key-state',
  seq: 0,
  atMs,
  modelId: modelA,
  keyId: keyId as KeyId,
  state,
})

const aModel = (keys: Partial<ModelView['keys'][number]>[]): ModelView =>
  modelView({ id: modelA, keys: keys.map((key, index) => aKey(`k${index}`, { label: `acct-${index}`, ...key })) })

const requestsArbitrary = fc
  .array(
    fc.record({
      startMs: fc.integer({ min: 0, max: 100_000 }),
      attempts: fc.array(
        fc.record({
          key: fc.constantFrom('a', 'b', 'c'),
          kind: fc.constantFrom('served', 'rate-limited', 'rejected', 'upstream-failed', 'cancelled'),
          durationMs: fc.integer({ min: 0, max: 5_000 }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      tokens: fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: undefined }),
    }),
    { maxLength: 40 },
  )
  .map((requests) =>
    requests.map(({ startMs, attempts, tokens }, index): ScriptedRequest =>
      tokens === undefined ? { id: `r${index}`, startMs, attempts } : { id: `r${index}`, startMs, attempts, tokens },
    ),
  )

describe('the history of what main reported', () => {
  it('links a failed attempt to the one that took over', () => {
    const history = new LiveHistory()
    history.apply(script(rotated).events)
    const { attempts } = history
    expect(attempts.kind(0)).toBe('rate-limited')
    expect(attempts.takenOverBy(0)).toBe(1)
    expect(attempts.after(1)).toBe(0)
    expect(attempts.kind(1)).toBe('served')
    expect(attempts.takenOverBy(1)).toBe(-1)
    expect(history.pick(modelA)?.keyId).toBe('b')
  })

  it('builds from events the very record that main keeps', () => {
    fc.assert(
      fc.property(requestsArbitrary, (requests) => {
        const history = new LiveHistory()
        history.apply(interleaved(requests))
        for (const request of requests) expect(history.requests.get(request.id)).toEqual(script(request).view)
      }),
    )
  })

  it('holds the same after a snapshot, whatever part of the events it had seen before', () => {
    fc.assert(
      fc.property(requestsArbitrary, fc.nat(), (requests, cut) => {
        const events = interleaved(requests)
        const seen = events.slice(0, cut % (events.length + 1))
        const history = new LiveHistory()
        history.apply(seen)
        history.backfill(
          requests.map((request) => script(request).view),
          200_000,
        )
        history.apply(events)
        expect(history.attempts.next).toBe(requests.reduce((sum, request) => sum + request.attempts.length, 0))
        expect(history.requests.recent()).toHaveLength(requests.length)
        for (const request of requests) expect(history.requests.get(request.id)).toEqual(script(request).view)
      }),
    )
  })

  it('forgets a running request that main no longer knows after a reconnection', () => {
    const history = new LiveHistory()
    history.apply(script(rotated).events.slice(0, 3))
    expect(history.requests.recent()).toHaveLength(1)
    history.backfill([], 2_000)
    expect(history.requests.recent()).toHaveLength(0)
    expect(history.requests.eventful()).toHaveLength(0)
  })

  it('keeps a request that failed although thousands of smooth ones followed', () => {
    const history = new LiveHistory()
    history.apply(script(rotated).events)
    for (let index = 0; index < 3_000; index += 1) {
      const attempts = [{ key: 'b', kind: 'served', durationMs: 1 }] as const
      history.apply(script({ id: `s${index}`, startMs: 2_000 + index, attempts }).events)
    }
    expect(history.requests.eventful().map((request) => request.id)).toEqual(['r1'])
    expect(history.requests.recent()).toHaveLength(2_000)
  })
})

describe('the time before the page was open', () => {
  const started = (history: LiveHistory) =>
    Array.from({ length: history.attempts.size }, (_, at) => history.attempts.startedAtMs(history.attempts.first + at))

  it('is put in front of what was seen, and what is running goes on', () => {
    const history = new LiveHistory()
    const later = { ...rotated, id: 'r2', startMs: 50_000 }
    history.backfill([], 50_000)
    history.apply(script(later).events.slice(0, 3))
    expect(history.heldFromMs(modelA)).toBe(50_000)
    expect(history.prepend(modelA, [script(rotated).view], 0)).toBe(true)
    expect(history.heldFromMs(modelA)).toBe(0)
    history.apply(script(later).events)
    expect(started(history)).toEqual([1_000, 1_030, 50_000, 50_030])
    const { attempts } = history
    expect([0, 1, 2, 3].map(attempts.kind)).toEqual(['rate-limited', 'served', 'rate-limited', 'served'])
    expect([0, 2].map(attempts.takenOverBy)).toEqual([1, 3])
    expect(attempts.running.size).toBe(0)
  })

  it('is refused when there is no room for it, and nothing is lost', () => {
    const history = new LiveHistory({ attempts: 3 })
    history.backfill([], 50_000)
    history.apply(script({ ...rotated, startMs: 50_000 }).events)
    expect(history.prepend(modelA, [script({ ...rotated, id: 'r0' }).view], 0)).toBe(false)
    expect(history.attempts.size).toBe(2)
    expect(history.heldFromMs(modelA)).toBe(50_000)
  })

  it('knows when a state began better than a listing does', () => {
    const history = new LiveHistory()
    const state = { kind: 'cooling', untilMs: 40_000, announced: true } as const
    history.seed([aModel([{ state, lastUsedAtMs: 9_000 }])], 30_000)
    history.rememberStates(modelA, 'k0', [
      { atMs: 1_000, state: { kind: 'rejected', nextTestMs: null } },
      { atMs: 2_000, state: { kind: 'ready' } },
      { atMs: 20_000, state },
    ])
    expect(history.periods(modelA, 'k0').map(({ state: { kind }, fromMs, toMs }) => [kind, fromMs, toMs])).toEqual([
      ['rejected', 1_000, 2_000],
      ['cooling', 20_000, null],
    ])
  })

  const rejected = { kind: 'rejected', nextTestMs: null } as const

  it('goes on in the state that the page found, whichever of the two comes first', () => {
    const listing = [aModel([{ state: rejected, lastUsedAtMs: 30_000 }])]
    const told = [{ atMs: 1_000, state: rejected }]
    for (const listingFirst of [true, false]) {
      const history = new LiveHistory()
      if (listingFirst) history.seed(listing, 50_000)
      history.rememberStates(modelA, 'k0', told)
      if (!listingFirst) history.seed(listing, 50_000)
      expect(history.periods(modelA, 'k0')).toEqual([{ state: rejected, fromMs: 1_000, toMs: null, outcome: null }])
    }
  })

  it('ends with the state that the page has seen end', () => {
    const history = new LiveHistory()
    history.seed([aModel([{ state: rejected, lastUsedAtMs: 30_000 }])], 50_000)
    history.apply([keyState('k0', { kind: 'ready' }, 60_000)])
    history.rememberStates(modelA, 'k0', [{ atMs: 1_000, state: rejected }])
    expect(history.periods(modelA, 'k0')).toEqual([{ state: rejected, fromMs: 1_000, toMs: 60_000, outcome: null }])
  })

  it('leaves what was seen since as it was', () => {
    const history = new LiveHistory()
    history.apply([keyState('a', { kind: 'paused', untilMs: null }, 5_000), keyState('a', { kind: 'ready' }, 6_000)])
    history.rememberStates(modelA, 'a', [{ atMs: 1_000, state: { kind: 'probing' } }])
    expect(history.periods(modelA, 'a').map(({ state: { kind }, fromMs, toMs }) => [kind, fromMs, toMs])).toEqual([
      ['probing', 1_000, 5_000],
      ['paused', 5_000, 6_000],
    ])
  })

  it('is no longer held once it has been overwritten', () => {
    const history = new LiveHistory({ attempts: 2 })
    history.backfill([], 0)
    history.apply(script(rotated).events)
    expect(history.heldFromMs(modelA)).toBe(0)
    history.apply(script({ ...rotated, id: 'r2', startMs: 2_000 }).events)
    expect(history.heldFromMs(modelA)).toBe(1_430)
  })
})

describe('the periods of a key', () => {
  const limited = anOutcome('rate-limited', { retryAfterMs: 20_000 })
  const cooling = { kind: 'cooling', untilMs: 21_000, announced: true } as const

  it.each(['before', 'after'])(
    'know the failure that began them when its event comes %s the change of state',
    (order) => {
      const history = new LiveHistory()
      const { events } = script({
        id: 'r',
        startMs: 990,
        attempts: [{ key: 'a', kind: 'rate-limited', durationMs: 10 }],
      })
      const ended = events.map((event) => (event.kind === 'attempt-ended' ? { ...event, outcome: limited } : event))
      const change = keyState('a', cooling, 1_000)
      history.apply(order === 'after' ? [...ended.slice(0, 2), change, ...ended.slice(2)] : [...ended, change])
      expect(history.periods(modelA, 'a')).toEqual([{ state: cooling, fromMs: 1_000, toMs: null, outcome: limited }])
    },
  )

  it('close when the key is ready again, and a longer cooldown does not begin a new one', () => {
    const history = new LiveHistory()
    const longer = { ...cooling, untilMs: 30_000 }
    history.apply([
      keyState('a', cooling, 1_000),
      keyState('a', longer, 2_000),
      keyState('a', { kind: 'ready' }, 30_000),
    ])
    expect(history.periods(modelA, 'a')).toEqual([{ state: longer, fromMs: 1_000, toMs: 30_000, outcome: null }])
    expect(history.state(modelA, 'a')).toEqual({ kind: 'ready' })
  })

  it('begin at the last use of a key that was already out when the page opened', () => {
    const history = new LiveHistory()
    history.seed([aModel([{ state: cooling, lastUsedAtMs: 900, lastFailure: limited }, {}])], 5_000)
    expect(history.periods(modelA, 'k0')).toEqual([{ state: cooling, fromMs: 900, toMs: null, outcome: limited }])
    expect(history.periods(modelA, 'k1')).toEqual([])
  })

  it('begin there also when the failure itself is in what the page was told of the time before', () => {
    const history = new LiveHistory()
    const { view } = script(rotated)
    const [failed] = view.attempts
    history.backfill([view], 50_000)
    expect(history.state(modelA, failed!.keyId)).toBeNull()
    const model = aModel([{ state: cooling, lastUsedAtMs: 1_030, lastFailure: limited }])
    history.seed([{ ...model, keys: model.keys.map((key) => ({ ...key, id: failed!.keyId })) }], 50_000)
    expect(history.periods(modelA, failed!.keyId)).toEqual([
      { state: cooling, fromMs: 1_030, toMs: null, outcome: limited },
    ])
  })

  it('end when a later listing says that the key is ready', () => {
    const history = new LiveHistory()
    history.apply([keyState('k0', cooling, 1_000)])
    history.seed([aModel([{ state: { kind: 'ready' } }])], 22_000)
    expect(history.periods(modelA, 'k0')[0]?.toMs).toBe(22_000)
  })
})

describe('the ring of attempts', () => {
  it('grows up to its limit and then forgets the oldest, never mixing two up', () => {
    const ring = new AttemptRing(2_048)
    for (let number = 0; number < 5_000; number += 1) {
      ring.start({ requestId: `r${number}`, key: number % 7, number: 1, startedAtMs: number, after: -1 })
    }
    expect([ring.first, ring.next]).toEqual([2_952, 5_000])
    for (let ordinal = ring.first; ordinal < ring.next; ordinal += 1) {
      expect(ring.requestId(ordinal)).toBe(`r${ordinal}`)
      expect(ring.startedAtMs(ordinal)).toBe(ordinal)
    }
    ring.end(10, 99, anOutcome('served'))
    expect(ring.has(10)).toBe(false)
    expect(ring.kind(10 + 2_048 * 2)).toBeNull()
  })
})

it('takes a key of one model for another key than the same id in another model', () => {
  const history = new LiveHistory()
  history.apply([keyState('a', { kind: 'paused', untilMs: null }, 1)])
  expect(history.state('model-b', 'a')).toBeNull()
})
