import { describe, expect, it } from 'vitest'
import type { KeySpec, Lease, Pool, PoolSpec } from '../../electron/rotation/index.ts'
import { aKey, aPool, outcomes, rateLimitedFor } from './a-pool.ts'

function leaseFrom(pool: Pool): Lease {
  const answer = pool.lease({ attempt: 1 })
  if (!answer.ok) throw new Error(answer.why)
  return answer.lease
}

function serve(pool: Pool): string {
  const lease = leaseFrom(pool)
  pool.report(lease, outcomes.served)
  return lease.keyId
}

const list = (keys: (string | KeySpec)[], more: Partial<PoolSpec> = {}): PoolSpec => ({
  id: 'gpt-4o',
  model: 'gpt-4o',
  host: 'api.test',
  strategy: 'round-robin',
  keys: keys.map((key) => (typeof key === 'string' ? aKey(key) : key)),
  ...more,
})

describe('a list that changes while requests run', () => {
  it('keeps the state and the counts of the keys that stay', () => {
    const { pool } = aPool(['a', 'b', 'c'])
    const served = leaseFrom(pool)
    pool.report(served, outcomes.served)
    pool.report(leaseFrom(pool), rateLimitedFor(60_000))
    leaseFrom(pool)
    pool.configure(list(['c', 'b', 'x', 'a']))
    expect(pool.snapshot().keys).toMatchObject([
      { keyId: 'c', inFlight: 1, state: { kind: 'ready' } },
      { keyId: 'b', failed: 1, state: { kind: 'cooling' } },
      { keyId: 'x', requests: 0, state: { kind: 'ready' } },
      { keyId: 'a', served: 1, state: { kind: 'ready' } },
    ])
  })

  it('goes on from where the rotation was', () => {
    const { pool } = aPool(['a', 'b', 'c', 'd'])
    expect([serve(pool), serve(pool)]).toEqual(['a', 'b'])
    pool.configure(list(['a', 'b', 'x', 'c', 'd']))
    expect(serve(pool)).toBe('x')
    pool.configure(list(['a', 'b', 'c', 'd']))
    expect(serve(pool)).toBe('c')
  })

  it('takes the reports of leases from before', () => {
    const { pool } = aPool(['a', 'b'])
    const lease = leaseFrom(pool)
    pool.configure(list(['b', 'a']))
    expect(pool.report(lease, rateLimitedFor(5_000))).toBe(true)
    expect(pool.snapshot().keys).toMatchObject([
      { keyId: 'b', state: { kind: 'ready' } },
      { keyId: 'a', inFlight: 0, state: { kind: 'cooling' } },
    ])
  })

  it('does not blame a new secret for what its predecessor under the same id did', () => {
    const { pool } = aPool(['a'])
    const lease = leaseFrom(pool)
    pool.configure(list([aKey('a', { fingerprint: 'another secret' })]))
    expect(pool.report(lease, outcomes.rejected)).toBe(true)
    expect(pool.snapshot().keys[0]).toMatchObject({ inFlight: 0, requests: 0, state: { kind: 'ready' } })
  })

  it('knows a rejected secret again when it returns', () => {
    const { pool } = aPool(['a', 'b'])
    const [a] = [leaseFrom(pool)]
    pool.report(a, outcomes.rejected)
    pool.configure(list(['b']))
    pool.configure(list(['b', 'a']))
    expect(pool.stateOfKey('a')?.kind).toBe('rejected')
  })

  it('forgets what was true at another host', () => {
    const { pool } = aPool(['a'])
    pool.report(leaseFrom(pool), outcomes.rejected)
    pool.configure(list(['a'], { host: 'other.test' }))
    expect(pool.stateOfKey('a')).toEqual({ kind: 'ready' })
    pool.configure(list(['a']))
    expect(pool.stateOfKey('a')?.kind).toBe('rejected')
  })

  it('may change the strategy', () => {
    const { pool } = aPool(['a', 'b'])
    expect(serve(pool)).toBe('a')
    pool.configure(list(['a', 'b'], { strategy: 'ordered' }))
    expect([serve(pool), serve(pool)]).toEqual(['a', 'a'])
  })

  it('tells the observer how every key now stands', () => {
    const seen: string[] = []
    const { pool } = aPool(['a'], {}, { observe: ({ keyId, state }) => seen.push(`${keyId} ${state.kind}`) })
    pool.configure(list(['b', aKey('a', { paused: true })]))
    expect(seen).toEqual(['b ready', 'a paused'])
  })

  it('may become empty and be filled again', () => {
    const { pool } = aPool(['a'])
    pool.configure(list([]))
    expect(pool.lease({ attempt: 1 })).toMatchObject({ ok: false, why: 'no-keys' })
    expect(pool.snapshot()).toMatchObject({ keys: [], currentKeyId: null, nextKeyId: null })
    pool.configure(list(['a']))
    expect(serve(pool)).toBe('a')
  })
})

describe('a pool that is disposed of', () => {
  it('gives nothing more, and leaves no timer behind', () => {
    const { pool, clock } = aPool(['a'], {}, { observe: () => {} })
    const lease = leaseFrom(pool)
    pool.report(lease, rateLimitedFor(5_000))
    expect(clock.pending).toBe(1)
    pool.dispose()
    expect(clock.pending).toBe(0)
    expect(pool.lease({ attempt: 1 })).toMatchObject({ ok: false, why: 'disposed' })
  })
})

describe('an observer', () => {
  it('hears of a cooldown when it begins and when only time ends it', async () => {
    const seen: string[] = []
    const { pool, clock } = aPool(['a'], {}, { observe: ({ state }) => seen.push(state.kind) })
    pool.report(leaseFrom(pool), rateLimitedFor(5_000))
    expect(seen).toEqual(['cooling'])
    await clock.advance(5_000)
    expect(seen).toEqual(['cooling', 'ready'])
    pool.report(leaseFrom(pool), outcomes.served)
    expect(seen).toEqual(['cooling', 'ready', 'probing', 'ready'])
  })

  it('may change the list while it is told', () => {
    const { pool } = aPool(
      ['a', 'b'],
      {},
      { observe: ({ state }) => (state.kind === 'rejected' ? pool.configure(list(['b'])) : undefined) },
    )
    pool.report(leaseFrom(pool), outcomes.rejected)
    expect(pool.snapshot().keys.map(({ keyId }) => keyId)).toEqual(['b'])
  })
})
