import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Lease, Outcome, Pool } from '../../electron/rotation/index.ts'
import { strategies } from '../../shared/model.ts'
import { aKey, aPool, outcomes, rateLimitedFor } from './a-pool.ts'

const holds = (property: fc.IProperty<never> | fc.IRawProperty<unknown>, numRuns = 200) =>
  expect(() => fc.assert(property as fc.IProperty<unknown>, { numRuns })).not.toThrow()

const names = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`)

function leaseFrom(pool: Pool, conversation?: string): Lease {
  const answer = pool.lease({ attempt: 1, conversation })
  if (!answer.ok) throw new Error(answer.why)
  return answer.lease
}

function serveOne(pool: Pool, conversation?: string): string {
  const lease = leaseFrom(pool, conversation)
  pool.report(lease, outcomes.served)
  return lease.keyId
}

function put(pool: Pool, keyId: string, outcome: Outcome) {
  const granted = pool.leaseForTest(keyId)
  if (granted) pool.report(granted.lease, outcome)
}

describe('round-robin', () => {
  it('gives all usable keys the same number of first leases, give or take one, whatever their outcomes', () => {
    holds(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.constantFrom(outcomes.served, outcomes.callerFault, outcomes.cancelled), { maxLength: 200 }),
        (count, ends) => {
          const { pool } = aPool(names(count))
          const leases = new Map(names(count).map((name) => [name, 0]))
          for (const end of ends) {
            const lease = leaseFrom(pool)
            leases.set(lease.keyId, leases.get(lease.keyId)! + 1)
            pool.report(lease, end)
          }
          expect(Math.max(...leases.values()) - Math.min(...leases.values())).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  it('is not unbalanced by the retries of requests that fail', () => {
    const { pool } = aPool(['a', 'b'])
    const firsts: string[] = []
    for (let request = 0; request < 6; request += 1) {
      const first = leaseFrom(pool)
      firsts.push(first.keyId)
      pool.report(first, outcomes.callerFault)
      const retry = pool.lease({ attempt: 2, tried: new Set([first.keyId]), afterKeyId: first.keyId })
      expect(retry).toMatchObject({ ok: true, decision: { rule: 'next-after-failure' } })
      if (retry.ok) pool.report(retry.lease, outcomes.served)
    }
    expect(firsts).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
  })

  it('goes on after the failed key when a request rotates', () => {
    const { pool } = aPool(['a', 'b', 'c', 'd'])
    const answer = pool.lease({ attempt: 2, tried: new Set(['c']), afterKeyId: 'c' })
    expect(answer).toMatchObject({ lease: { keyId: 'd' } })
  })
})

describe('weighted', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 })
  const weightedPool = (list: number[]) =>
    aPool([], { strategy: 'weighted', keys: list.map((weight, index) => aKey(`k${index}`, { weight })) }).pool

  it('is exact over a full period and never two leases from the exact share before', () => {
    holds(
      fc.property(weights, (list) => {
        const pool = weightedPool(list)
        const total = list.reduce((sum, weight) => sum + weight, 0)
        const counts = list.map(() => 0)
        for (let turn = 1; turn <= 2 * total; turn += 1) {
          counts[Number(serveOne(pool).slice(1))]! += 1
          for (const [index, weight] of list.entries()) {
            const deviation = Math.abs(counts[index]! - (turn * weight) / total)
            expect(deviation).toBeLessThan(turn % total === 0 ? 1e-9 : 2)
          }
        }
      }),
    )
  })

  it('keeps within two leases of the exact share after keys have come and gone', () => {
    holds(
      fc.property(weights, fc.array(fc.tuple(fc.nat(11), fc.nat(20))), (list, pauses) => {
        const pool = weightedPool(list)
        const paused = new Set<number>()
        for (const [which, turns] of pauses) {
          const index = which % list.length
          if (paused.has(index)) paused.delete(index)
          else paused.add(index)
          pool.setPaused(`k${index}`, paused.has(index))
          for (let turn = 0; turn < turns && paused.size < list.length; turn += 1) serveOne(pool)
        }
        const usable = [...list.keys()].filter((index) => !paused.has(index))
        const total = usable.reduce((sum, index) => sum + list[index]!, 0)
        const counts = list.map(() => 0)
        for (let turn = 1; turn <= 2 * total; turn += 1) {
          counts[Number(serveOne(pool).slice(1))]! += 1
          for (const index of usable) {
            expect(Math.abs(counts[index]! - (turn * list[index]!) / total)).toBeLessThan(2)
          }
        }
      }),
    )
  })

  it('mixes the keys instead of giving one its whole share at once', () => {
    const pool = weightedPool([5, 1, 1])
    const turns = Array.from({ length: 7 }, () => serveOne(pool))
    expect(turns.join(' ')).not.toContain('k0 k0 k0 k0 k0')
  })

  it('keeps its promise when the list is given again and again', () => {
    holds(
      fc.property(weights, fc.integer({ min: 1, max: 5 }), (list, every) => {
        const keys = list.map((weight, index) => aKey(`k${index}`, { weight }))
        const spec = { id: 'gpt-4o', model: 'gpt-4o', host: 'api.test', strategy: 'weighted', keys } as const
        const pool = weightedPool(list)
        const total = list.reduce((sum, weight) => sum + weight, 0)
        const counts = list.map(() => 0)
        for (let turn = 1; turn <= 2 * total; turn += 1) {
          counts[Number(serveOne(pool).slice(1))]! += 1
          if (turn % every === 0) pool.configure(spec)
          for (const [index, weight] of list.entries()) {
            expect(Math.abs(counts[index]! - (turn * weight) / total)).toBeLessThan(2)
          }
        }
      }),
      60,
    )
  })

  it('keeps keys of weight zero in reserve until no other is usable', () => {
    const pool = weightedPool([1, 0, 0])
    expect([serveOne(pool), serveOne(pool)]).toEqual(['k0', 'k0'])
    put(pool, 'k0', outcomes.rejected)
    expect([serveOne(pool), serveOne(pool), serveOne(pool)]).toEqual(['k1', 'k2', 'k1'])
  })

  it('takes turns when every weight is zero', () => {
    const pool = weightedPool([0, 0, 0])
    expect([serveOne(pool), serveOne(pool), serveOne(pool), serveOne(pool)]).toEqual(['k0', 'k1', 'k2', 'k0'])
  })
})

describe('least in flight', () => {
  it('leases the key with the fewest open leases, and of those the one used least recently', () => {
    const { pool } = aPool(['a', 'b', 'c'], { strategy: 'least-in-flight' })
    const [first, second, third] = [leaseFrom(pool), leaseFrom(pool), leaseFrom(pool)]
    expect([first.keyId, second.keyId, third.keyId]).toEqual(['a', 'b', 'c'])
    pool.report(second, outcomes.served)
    expect(leaseFrom(pool).keyId).toBe('b')
    pool.report(third, outcomes.served)
    pool.report(first, outcomes.served)
    expect(leaseFrom(pool).keyId).toBe('a')
  })
})

describe('least recently used', () => {
  it('always leases the key that was leased longest ago', () => {
    holds(
      fc.property(fc.array(fc.nat(5), { maxLength: 60 }), (order) => {
        const { pool } = aPool(names(6), { strategy: 'least-recently-used' })
        const history = names(6)
        for (const which of order) {
          const pinned = pool.lease({ attempt: 1, onlyKeyId: `k${which}` })
          if (!pinned.ok) throw new Error(pinned.why)
          pool.report(pinned.lease, outcomes.served)
          history.push(...history.splice(history.indexOf(`k${which}`), 1))
          const next = serveOne(pool)
          expect(next).toBe(history[0])
          history.push(...history.splice(0, 1))
        }
      }),
    )
  })
})

describe('ordered', () => {
  it('uses the first key until it fails, and again when it is back', async () => {
    const { pool, clock } = aPool(['a', 'b', 'c'], { strategy: 'ordered' })
    expect([serveOne(pool), serveOne(pool)]).toEqual(['a', 'a'])
    pool.report(leaseFrom(pool), rateLimitedFor(5_000))
    expect([serveOne(pool), serveOne(pool)]).toEqual(['b', 'b'])
    await clock.advance(5_000)
    expect(serveOne(pool)).toBe('a')
  })
})

describe('most headroom', () => {
  const limits = { requestsResetMs: 60_000, tokensRemaining: null, tokensResetMs: null, organisation: null }
  const served = (requestsRemaining: number) => ({ ...outcomes.served, limits: { ...limits, requestsRemaining } })

  it('leases the key that has most left by what the provider last said', () => {
    const { pool } = aPool(['a', 'b', 'c'], { strategy: 'most-headroom' })
    for (const left of [5, 50, 20]) pool.report(leaseFrom(pool), served(left))
    expect(serveOne(pool)).toBe('b')
    put(pool, 'b', served(3))
    expect(serveOne(pool)).toBe('c')
  })

  it('counts its own leases down between two answers', () => {
    const { pool } = aPool(['a', 'b'], { strategy: 'most-headroom' })
    for (const left of [10, 8]) pool.report(leaseFrom(pool), served(left))
    const keys = Array.from({ length: 6 }, () => leaseFrom(pool).keyId)
    expect(keys.filter((key) => key === 'a')).toHaveLength(4)
  })

  it('trusts a key again whose limit has been reset', async () => {
    const { pool, clock } = aPool(['a', 'b'], { strategy: 'most-headroom' })
    for (const left of [2, 9]) pool.report(leaseFrom(pool), served(left))
    put(pool, 'b', {
      ...outcomes.served,
      limits: { ...limits, requestsRemaining: 4, requestsResetMs: 3_000_000 },
    })
    await clock.advance(60_000)
    expect(serveOne(pool)).toBe('a')
  })

  it('compares configured limits with each other', () => {
    const keys = [
      aKey('small', { limits: { requestsPerMinute: 3 } }),
      aKey('large', { limits: { requestsPerMinute: 9, requestsPerDay: 100 } }),
      aKey('few-a-day', { limits: { requestsPerDay: 2 } }),
    ]
    const { pool } = aPool([], { strategy: 'most-headroom', keys })
    const counts = { small: 0, large: 0, 'few-a-day': 0 }
    for (let turn = 0; turn < 6; turn += 1) counts[serveOne(pool) as keyof typeof counts] += 1
    expect(counts).toEqual({ small: 0, large: 6, 'few-a-day': 0 })
  })
})

describe('sticky', () => {
  const conversations = Array.from({ length: 200 }, (_, index) => `conversation ${index}`)

  it('moves only the conversations of a key that is lost, and they return with it', () => {
    holds(
      fc.property(fc.integer({ min: 2, max: 20 }), fc.nat(19), (count, which) => {
        const { pool } = aPool(names(count), { strategy: 'sticky' })
        const lost = `k${which % count}`
        const assigned = () => conversations.map((conversation) => serveOne(pool, conversation))
        const before = assigned()
        pool.setPaused(lost, true)
        for (const [index, key] of assigned().entries()) {
          expect(key === before[index]).toBe(before[index] !== lost)
        }
        pool.setPaused(lost, false)
        expect(assigned()).toEqual(before)
      }),
      50,
    )
  })

  it('stays with its keys however the list is ordered', () => {
    const { pool } = aPool(names(9), { strategy: 'sticky' })
    const { pool: other } = aPool(names(9).toReversed(), { strategy: 'sticky' })
    for (const conversation of conversations) expect(serveOne(pool, conversation)).toBe(serveOne(other, conversation))
  })

  it('spreads conversations evenly', () => {
    const { pool } = aPool(names(10), { strategy: 'sticky' })
    const counts = new Map<string, number>()
    for (let index = 0; index < 10_000; index += 1) {
      const key = serveOne(pool, `chat-${index}`)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150)
  })

  it('takes turns for requests without a conversation', () => {
    const { pool } = aPool(['a', 'b'], { strategy: 'sticky' })
    expect([serveOne(pool), serveOne(pool), serveOne(pool)]).toEqual(['a', 'b', 'a'])
  })
})

describe.each(strategies)('every strategy (%s)', (strategy) => {
  it('has its next picks foretold, and asking leaves no trace', () => {
    holds(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 9 }),
        fc.array(fc.boolean(), { maxLength: 40 }),
        (list, asks) => {
          const keys = list.map((weight, index) => aKey(`k${index}`, { weight }))
          const { pool: asked } = aPool([], { strategy, keys })
          const { pool: left } = aPool([], { strategy, keys })
          for (const ask of asks) {
            if (ask) asked.nextPicks(7)
            const foretold = asked.nextPicks(1)[0]
            const lease = leaseFrom(asked)
            const twin = leaseFrom(left)
            expect([lease.keyId, twin.keyId]).toEqual([foretold, foretold])
            if (!ask) asked.report(lease, outcomes.served)
            if (!ask) left.report(twin, outcomes.served)
          }
        },
      ),
      60,
    )
  })

  it('foretells several picks at once', () => {
    const keys = [3, 1, 2].map((weight, index) => aKey(`k${index}`, { weight }))
    const { pool } = aPool([], { strategy, keys })
    const foretold = pool.nextPicks(12)
    expect(Array.from({ length: 12 }, () => leaseFrom(pool).keyId)).toEqual(foretold)
  })

  it('never leases a key that is out, and finds every key that is not', () => {
    holds(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 70 }), fc.string(), (usable, conversation) => {
        const { pool } = aPool(names(usable.length), { strategy })
        for (const [index, isUsable] of usable.entries()) pool.setPaused(`k${index}`, !isUsable)
        const tried = new Set<string>()
        for (;;) {
          const answer = pool.lease({ attempt: tried.size + 1, tried, conversation })
          if (!answer.ok) break
          expect(tried.has(answer.lease.keyId)).toBe(false)
          tried.add(answer.lease.keyId)
        }
        expect([...tried].toSorted()).toEqual(
          names(usable.length)
            .filter((_, index) => usable[index])
            .toSorted(),
        )
      }),
      60,
    )
  })
})
