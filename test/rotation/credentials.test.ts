import { describe, expect, it } from 'vitest'
import { createSharedState, type Lease, type Outcome, type Pool } from '../../electron/rotation/index.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { aPool, outcomes, rateLimitedFor } from './a-pool.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

function leaseFrom(pool: Pool): Lease {
  const answer = pool.lease({ attempt: 1 })
  if (!answer.ok) throw new Error(answer.why)
  return answer.lease
}

const end = (pool: Pool, outcome: Outcome) => pool.report(leaseFrom(pool), outcome)
const stateOf = (pool: Pool, keyId: string) => pool.stateOfKey(keyId)!

function test(pool: Pool, keyId: string, outcome: Outcome) {
  const granted = pool.leaseForTest(keyId)
  expect(granted && pool.report(granted.lease, outcome)).toBe(true)
}

function models(...hosts: string[]) {
  const clock = new FakeClock()
  const shared = createSharedState(clock)
  const pools = hosts.map((host, index) => {
    return aPool(['a', 'b'], { id: `${index}`, model: `model ${index}`, host }, { clock, shared }).pool
  })
  return { clock, pools: pools as [Pool, Pool] }
}

describe('what is true of a secret', () => {
  it.each([
    ['rejected', outcomes.rejected],
    ['exhausted', outcomes.exhausted],
  ])('is true at every model of its host: %s', (kind, outcome) => {
    const { pools } = models('api.test', 'api.test')
    end(pools[0], outcome)
    expect(stateOf(pools[1], 'a').kind).toBe(kind)
    expect(leaseFrom(pools[1]).keyId).toBe('b')
  })

  it('says nothing about another host', () => {
    const { pools } = models('api.test', 'other.test')
    end(pools[0], outcomes.rejected)
    expect(stateOf(pools[1], 'a')).toEqual({ kind: 'ready' })
  })

  it.each([
    ['a rate limit', outcomes.rateLimited, 'cooling'],
    ['a refusal of the model', outcomes.notAllowed, 'not-allowed'],
  ])('does not include %s, which is about one model', (_what, outcome, kind) => {
    const { pools } = models('api.test', 'api.test')
    end(pools[0], outcome)
    expect(stateOf(pools[0], 'a').kind).toBe(kind)
    expect(stateOf(pools[1], 'a').kind).toBe('ready')
  })

  it('is found out by one probe for all models', async () => {
    const { clock, pools } = models('api.test', 'api.test')
    end(pools[0], outcomes.exhausted)
    await clock.advance(hour)
    const probe = pools[0].lease({ attempt: 1, onlyKeyId: 'a' })
    expect(probe).toMatchObject({ ok: true, lease: { probe: true } })
    expect(stateOf(pools[1], 'a').kind).toBe('probing')
    if (probe.ok) pools[0].report(probe.lease, outcomes.served)
    expect(stateOf(pools[1], 'a').kind).toBe('ready')
  })
})

describe('a rejected key', () => {
  it('is tried again after 5 minutes, 1 hour and then every 24 hours, seven times at most', async () => {
    const { pool, clock } = aPool(['a'])
    end(pool, outcomes.rejected)
    for (const pauseMs of [5 * minute, hour, day, day, day, day, day]) {
      expect(stateOf(pool, 'a')).toEqual({ kind: 'rejected', nextTestMs: clock.wallMs() + pauseMs })
      await clock.advance(pauseMs - 1)
      expect(pool.lease({ attempt: 1 }).ok).toBe(false)
      await clock.advance(1)
      end(pool, outcomes.rejected)
    }
    expect(stateOf(pool, 'a')).toEqual({ kind: 'rejected', nextTestMs: null })
    await clock.advance(365 * day)
    expect(pool.lease({ attempt: 1 })).toMatchObject({ ok: false, retryAtMs: Infinity })
  })

  it('is good again when that test is served', async () => {
    const { pool, clock } = aPool(['a'])
    end(pool, outcomes.rejected)
    await clock.advance(5 * minute)
    const probe = leaseFrom(pool)
    expect(probe.probe).toBe(true)
    expect(stateOf(pool, 'a')).toEqual({ kind: 'probing' })
    pool.report(probe, outcomes.served)
    expect(stateOf(pool, 'a')).toEqual({ kind: 'ready' })
  })

  it('does not lose a test to requests that were on their way when it was rejected', () => {
    const { pool, clock } = aPool(['a'])
    const open = [leaseFrom(pool), leaseFrom(pool), leaseFrom(pool)]
    for (const lease of open) pool.report(lease, outcomes.rejected)
    expect(stateOf(pool, 'a')).toEqual({ kind: 'rejected', nextTestMs: clock.wallMs() + 5 * minute })
  })

  it('is not trusted because of an answer to a request from before', () => {
    const { pool } = aPool(['a'])
    const [early, late] = [leaseFrom(pool), leaseFrom(pool)]
    pool.report(late, outcomes.rejected)
    pool.report(early, outcomes.served)
    expect(stateOf(pool, 'a').kind).toBe('rejected')
  })
})

describe('an exhausted key', () => {
  it('rests for an hour, doubling to a day, and is then tried by one probe', async () => {
    const { pool, clock } = aPool(['a'])
    for (const hours of [1, 2, 4, 8, 16, 24, 24]) {
      end(pool, outcomes.exhausted)
      expect(stateOf(pool, 'a')).toEqual({ kind: 'exhausted', untilMs: clock.wallMs() + hours * hour })
      await clock.advance(hours * hour)
    }
    expect(leaseFrom(pool).probe).toBe(true)
    expect(pool.lease({ attempt: 1 }).ok).toBe(false)
  })

  it('rests until the announced reset where there is one', async () => {
    const { pool, clock } = aPool(['a'])
    end(pool, { ...outcomes.exhausted, resetAfterMs: 90 * minute })
    expect(stateOf(pool, 'a')).toEqual({ kind: 'exhausted', untilMs: clock.wallMs() + 90 * minute })
  })
})

describe('a rate-limited key', () => {
  it('cools down for 10, 30, 60 and then 300 seconds, and starts over once it is served', async () => {
    const { pool, clock } = aPool(['a'])
    for (const seconds of [10, 30, 60, 300, 300]) {
      end(pool, outcomes.rateLimited)
      const untilMs = clock.wallMs() + seconds * 1_000
      expect(stateOf(pool, 'a')).toEqual({ kind: 'cooling', untilMs, announced: false })
      await clock.advance(seconds * 1_000)
    }
    end(pool, outcomes.served)
    end(pool, outcomes.rateLimited)
    expect(stateOf(pool, 'a')).toMatchObject({ untilMs: clock.wallMs() + 10_000 })
  })

  it('climbs one step for requests that failed together, not one for each', () => {
    const { pool, clock } = aPool(['a', 'b'])
    const open = [leaseFrom(pool), leaseFrom(pool), leaseFrom(pool)].filter(({ keyId }) => keyId === 'a')
    for (const lease of open) pool.report(lease, outcomes.rateLimited)
    expect(stateOf(pool, 'a')).toMatchObject({ untilMs: clock.wallMs() + 10_000 })
  })

  it('never has its cooldown shortened by a later report', () => {
    const { pool, clock } = aPool(['a'])
    const [first, second, third] = [leaseFrom(pool), leaseFrom(pool), leaseFrom(pool)]
    pool.report(first, rateLimitedFor(60_000))
    pool.report(second, rateLimitedFor(5_000))
    pool.report(third, outcomes.served)
    expect(stateOf(pool, 'a')).toEqual({ kind: 'cooling', untilMs: clock.wallMs() + 60_000, announced: true })
  })

  it('is not believed when it announces to be back at once', () => {
    const { pool, clock } = aPool(['a'])
    end(pool, rateLimitedFor(0))
    expect(stateOf(pool, 'a')).toMatchObject({ untilMs: clock.wallMs() + 1_000 })
  })
})

describe('a test by hand', () => {
  it.each([
    ['rejected', outcomes.rejected],
    ['exhausted', outcomes.exhausted],
    ['not-allowed', outcomes.notAllowed],
  ])('brings back a key that was %s when it passes', (_kind, outcome) => {
    const { pool } = aPool(['a'])
    end(pool, outcome)
    test(pool, 'a', outcomes.served)
    expect(stateOf(pool, 'a')).toEqual({ kind: 'ready' })
    expect(pool.lease({ attempt: 1 }).ok).toBe(true)
  })

  it('does not use up an automatic test when it fails', () => {
    const { pool, clock } = aPool(['a'])
    end(pool, outcomes.rejected)
    for (let times = 0; times < 9; times += 1) test(pool, 'a', outcomes.rejected)
    expect(stateOf(pool, 'a')).toEqual({ kind: 'rejected', nextTestMs: clock.wallMs() + 5 * minute })
  })

  it('does not shorten a cooldown that was announced', () => {
    const { pool } = aPool(['a'])
    end(pool, rateLimitedFor(60_000))
    test(pool, 'a', outcomes.served)
    expect(stateOf(pool, 'a').kind).toBe('cooling')
  })

  it('takes out a key that turns out to be rejected', () => {
    const { pool } = aPool(['a', 'b'])
    test(pool, 'a', outcomes.rejected)
    expect(leaseFrom(pool).keyId).toBe('b')
  })

  it('can be had for a paused key, which stays paused, and for none that is not there', () => {
    const { pool } = aPool(['a'])
    pool.setPaused('a', true)
    test(pool, 'a', outcomes.served)
    expect(stateOf(pool, 'a')).toEqual({ kind: 'paused', untilMs: null })
    expect(pool.leaseForTest('z')).toBeUndefined()
  })
})

describe('keys of one account', () => {
  const tagged = (names: string[], account: string) =>
    names.map((name) => ({ id: name, label: name, fingerprint: name, weight: 1, paused: false, account }))

  it('cool down together when one is rate-limited, and leave the others alone', () => {
    const keys = [...tagged(['a', 'b'], 'ours'), ...tagged(['c'], 'theirs')]
    const { pool, clock } = aPool([], { keys })
    end(pool, rateLimitedFor(20_000))
    expect(stateOf(pool, 'b')).toEqual({ kind: 'cooling', untilMs: clock.wallMs() + 20_000, announced: true })
    expect(stateOf(pool, 'c')).toEqual({ kind: 'ready' })
  })

  it('are recognised by the organisation that the headers name', () => {
    const { pool } = aPool(['a', 'b', 'c'])
    const none = { requestsRemaining: null, requestsResetMs: null, tokensRemaining: null, tokensResetMs: null }
    for (const organisation of ['org-1', 'org-1', 'org-2']) {
      end(pool, { ...outcomes.served, limits: { ...none, organisation } })
    }
    end(pool, rateLimitedFor(20_000))
    expect(['a', 'b', 'c'].map((key) => stateOf(pool, key).kind)).toEqual(['cooling', 'cooling', 'ready'])
  })

  it('are not rejected together', () => {
    const { pool } = aPool([], { keys: tagged(['a', 'b'], 'ours') })
    end(pool, outcomes.rejected)
    expect(stateOf(pool, 'b')).toEqual({ kind: 'ready' })
  })
})
