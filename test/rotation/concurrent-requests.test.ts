import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  rotate,
  type Attempt,
  type Outcome,
  type RotateEvent,
  type RotateResult,
} from '../../electron/rotation/index.ts'
import type { FakeClock } from '../support/fake-clock.ts'
import { aKey, aPool, outcomes, rateLimitedFor } from './a-pool.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f']

interface Plan {
  outcome: Outcome
  tookMs: number
}

interface Request {
  startsAtMs: number
  /** What each of its attempts meets, in order; the last one repeats. */
  plans: Plan[]
}

const plan: fc.Arbitrary<Plan> = fc.record({
  outcome: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Outcome>(outcomes.served) },
    fc.constantFrom<Outcome>(
      outcomes.rejected,
      outcomes.exhausted,
      outcomes.notAllowed,
      outcomes.callerFault,
      outcomes.cancelled,
    ),
    fc.integer({ min: 500, max: 40_000 }).map(rateLimitedFor),
  ),
  tookMs: fc.nat(3_000),
})
const request: fc.Arbitrary<Request> = fc.record({
  startsAtMs: fc.nat(20_000),
  plans: fc.array(plan, { minLength: 1, maxLength: 8 }),
})

interface Story {
  events: RotateEvent[]
  outcomes: { keyId: string; outcome: Outcome }[]
  result: RotateResult<string>
}

function attemptOf({ plans }: Request, clock: FakeClock, heard: Story['outcomes']): Attempt<string> {
  let call = 0
  return (lease) => {
    const { outcome, tookMs } = plans[Math.min(call, plans.length - 1)]!
    call += 1
    heard.push({ keyId: lease.keyId, outcome })
    return new Promise((resolve) => {
      clock.schedule(tookMs, () =>
        resolve(
          outcome.kind === 'served'
            ? { committed: true, value: lease.keyId, done: Promise.resolve(outcome) }
            : { committed: false, outcome },
        ),
      )
    })
  }
}

async function play(requests: readonly Request[], accounts: readonly (string | undefined)[]) {
  const keys = names.map((name, index) => aKey(name, { account: accounts[index] }))
  const { pool, clock } = aPool([], { keys })
  const stories = requests.map(async (request): Promise<Story> => {
    await new Promise<void>((resolve) => clock.schedule(request.startsAtMs, resolve))
    const events: RotateEvent[] = []
    const heard: Story['outcomes'] = []
    const result = await rotate(pool, { observe: (event) => events.push(event) }, attemptOf(request, clock, heard))
    if (result.ok) await result.done
    return { events, outcomes: heard, result }
  })
  await clock.advance(120_000)
  return { pool, clock, stories: await Promise.all(stories) }
}

/** Within one rotation, that is until the request waits, no key is tried twice. */
function checkRotations({ events }: Story): void {
  let tried = new Set<string>()
  for (const event of events) {
    if (event.kind === 'parked') tried = new Set()
    if (event.kind !== 'attempt-started') continue
    assert.ok(!tried.has(event.lease.keyId), 'tried twice')
    tried.add(event.lease.keyId)
  }
}

const blames: readonly string[] = ['rejected', 'exhausted', 'not-allowed', 'rate-limited']

describe('requests that run at the same time', () => {
  it('lose no lease, duplicate none, try no key twice, and harm only keys that failed and those of their account', async () => {
    const property = fc.asyncProperty(
      fc.array(request, { minLength: 1, maxLength: 12 }),
      fc.array(fc.constantFrom(undefined, 'ours', 'theirs'), { minLength: 6, maxLength: 6 }),
      async (requests, accounts) => {
        const { pool, clock, stories } = await play(requests, accounts)
        const leaseIds = new Set<number>()
        for (const story of stories) {
          checkRotations(story)
          const started = story.events.filter((event) => event.kind === 'attempt-started')
          const ended = story.events.filter((event) => event.kind === 'attempt-ended')
          assert.deepEqual(
            ended.map(({ lease }) => lease.leaseId),
            started.map(({ lease }) => lease.leaseId),
          )
          for (const { lease } of started) {
            assert.ok(!leaseIds.has(lease.leaseId), 'leased twice')
            leaseIds.add(lease.leaseId)
          }
        }
        const keys = pool.snapshot().keys
        const total = keys.reduce((sum, key) => sum + key.requests, 0)
        assert.equal(total, leaseIds.size)
        const blamed = stories.flatMap((story) => story.outcomes.filter(({ outcome }) => blames.includes(outcome.kind)))
        const domains = new Set(blamed.map(({ keyId }) => accounts[names.indexOf(keyId)]))
        for (const [index, { keyId, inFlight, state }] of keys.entries()) {
          assert.equal(inFlight, 0)
          const isBlamed = blamed.some((failure) => failure.keyId === keyId)
          const isInDomain = accounts[index] !== undefined && domains.has(accounts[index])
          assert.ok(state.kind === 'ready' || isBlamed || isInDomain, `${keyId} is ${state.kind}`)
        }
        assert.equal(clock.pending, 0)
      },
    )
    await expect(fc.assert(property, { numRuns: 300 })).resolves.toBeUndefined()
  })

  it('try all usable keys before one of them gives up', async () => {
    const property = fc.asyncProperty(fc.subarray(names), fc.array(plan, { minLength: 6 }), async (paused, plans) => {
      const { pool, clock } = aPool(names)
      for (const name of paused) pool.setPaused(name, true)
      const failing = plans.filter(({ outcome }) => blames.includes(outcome.kind))
      fc.pre(failing.length > 0)
      const heard: Story['outcomes'] = []
      const attempt = attemptOf({ startsAtMs: 0, plans: failing }, clock, heard)
      const running = rotate(pool, { maxWaitMs: 0 }, attempt)
      await clock.advance(60_000)
      const result = await running
      assert.equal(result.ok, false)
      const tried = heard.map(({ keyId }) => keyId)
      assert.deepEqual(
        tried.toSorted(),
        names.filter((name) => !paused.includes(name)),
      )
      assert.ok(!result.ok && result.keys.length === names.length)
    })
    await expect(fc.assert(property, { numRuns: 300 })).resolves.toBeUndefined()
  })
})
