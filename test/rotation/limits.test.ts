import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KeyLimits, Outcome } from '../../electron/rotation/index.ts'
import { endOfDayMs } from '../../electron/rotation/key-limits.ts'
import { aKey, aPool, outcomes } from './a-pool.ts'

const limited = (limits: KeyLimits, more: string[] = []) =>
  aPool([], { keys: [aKey('a', { limits }), ...more.map((name) => aKey(name))] })

const served = (totalTokens: number): Outcome => ({
  ...outcomes.served,
  promptTokens: totalTokens,
  completionTokens: 0,
})

describe('a limit on requests a minute', () => {
  it('holds over every minute, whenever requests come', async () => {
    const gaps = fc.array(fc.nat(9_000), { minLength: 1, maxLength: 80 })
    const property = fc.asyncProperty(fc.integer({ min: 1, max: 8 }), gaps, async (limit, pauses) => {
      const { pool, clock } = limited({ requestsPerMinute: limit })
      const leasedAtMs: number[] = []
      for (const pause of pauses) {
        await clock.advance(pause)
        if (pool.lease({ attempt: 1 }).ok) leasedAtMs.push(clock.nowMs())
      }
      for (const start of leasedAtMs) {
        const inMinute = leasedAtMs.filter((atMs) => atMs >= start && atMs < start + 60_000)
        expect(inMinute.length).toBeLessThanOrEqual(limit)
      }
    })
    await expect(fc.assert(property, { numRuns: 200 })).resolves.toBeUndefined()
  })

  it('says when the key is back, which is at most five seconds after it could be', async () => {
    const { pool, clock } = limited({ requestsPerMinute: 2 })
    expect([pool.lease({ attempt: 1 }).ok, pool.lease({ attempt: 1 }).ok]).toEqual([true, true])
    const answer = pool.lease({ attempt: 1 })
    expect(answer).toMatchObject({ ok: false, why: 'keys-out', retryAtMs: 65_000 })
    const state = { kind: 'at-limit', limit: 'rpm', untilMs: clock.wallMs() + 65_000 }
    expect(pool.snapshot().keys[0]!.state).toEqual(state)
    await clock.advance(65_000)
    expect(pool.lease({ attempt: 1 }).ok).toBe(true)
  })

  it('leaves the other keys to the rotation', () => {
    const { pool } = limited({ requestsPerMinute: 1 }, ['b', 'c'])
    const keys = Array.from({ length: 5 }, () => {
      const answer = pool.lease({ attempt: 1 })
      return answer.ok ? answer.lease.keyId : ''
    })
    expect(keys).toEqual(['a', 'b', 'c', 'b', 'c'])
  })
})

describe('a limit on tokens a minute', () => {
  it('sets the estimate aside at once and corrects it by what was used', () => {
    const { pool } = limited({ tokensPerMinute: 1_000 })
    const first = pool.lease({ attempt: 1, estimatedTokens: 900 })
    const second = pool.lease({ attempt: 1, estimatedTokens: 900 })
    expect([first.ok, second.ok]).toEqual([true, true])
    expect(pool.lease({ attempt: 1 })).toMatchObject({ ok: false })
    expect(pool.snapshot().keys[0]!.state).toMatchObject({ kind: 'at-limit', limit: 'tpm' })
    if (first.ok) pool.report(first.lease, served(50))
    if (second.ok) pool.report(second.lease, served(50))
    expect(pool.lease({ attempt: 1 }).ok).toBe(true)
  })

  it('counts what an answer used when nobody had estimated it', () => {
    const { pool } = limited({ tokensPerMinute: 1_000 })
    const lease = pool.lease({ attempt: 1 })
    if (lease.ok) pool.report(lease.lease, served(1_200))
    expect(pool.snapshot().keys[0]!.state).toMatchObject({ kind: 'at-limit', limit: 'tpm' })
  })

  it('gives back what was set aside for a request that was refused', () => {
    const { pool } = limited({ tokensPerMinute: 1_000 })
    const lease = pool.lease({ attempt: 1, estimatedTokens: 1_000 })
    if (lease.ok) pool.report(lease.lease, outcomes.callerFault)
    expect(pool.snapshot().keys[0]!.state).toEqual({ kind: 'ready' })
  })
})

describe('a limit on requests a day', () => {
  it('is lifted when the day of the key ends by the clock on the wall', async () => {
    const { pool, clock } = limited({ requestsPerDay: 1, dayStartsAtUtcMinute: 90 })
    expect(pool.lease({ attempt: 1 }).ok).toBe(true)
    const untilMs = clock.wallMs() + 90 * 60_000
    expect(pool.snapshot().keys[0]!.state).toEqual({ kind: 'at-limit', limit: 'rpd', untilMs })
    await clock.advance(90 * 60_000 - 1)
    expect(pool.lease({ attempt: 1 }).ok).toBe(false)
    await clock.advance(1)
    expect(pool.lease({ attempt: 1 }).ok).toBe(true)
  })

  it('ends at local midnight unless the key has a day of its own', () => {
    const noon = new Date(2026, 4, 10, 12).getTime()
    expect(endOfDayMs(noon, undefined)).toBe(new Date(2026, 4, 11).getTime())
    expect(endOfDayMs(Date.UTC(2026, 4, 10, 7, 59), 480)).toBe(Date.UTC(2026, 4, 10, 8))
    expect(endOfDayMs(Date.UTC(2026, 4, 10, 8), 480)).toBe(Date.UTC(2026, 4, 11, 8))
  })
})

describe('a limit on leases at the same time', () => {
  it('takes the key out until one of them ends', () => {
    const { pool } = limited({ concurrency: 2 })
    const first = pool.lease({ attempt: 1 })
    pool.lease({ attempt: 1 })
    expect(pool.lease({ attempt: 1 })).toMatchObject({ ok: false, isBusy: true, retryAtMs: Infinity })
    expect(pool.snapshot().keys[0]!.state).toEqual({ kind: 'at-limit', limit: 'concurrency', untilMs: null })
    if (first.ok) pool.report(first.lease, outcomes.served)
    expect(pool.lease({ attempt: 1 }).ok).toBe(true)
  })
})

describe('what the headers say', () => {
  const limits = { requestsRemaining: 0, requestsResetMs: 4_000, tokensRemaining: 90, tokensResetMs: 1_000 }

  it('spares a key that has nothing left until its limit is reset', async () => {
    const { pool, clock } = aPool(['a'])
    const lease = pool.lease({ attempt: 1 })
    const outcome = { ...outcomes.served, limits: { ...limits, organisation: null } }
    if (lease.ok) pool.report(lease.lease, outcome)
    const state = { kind: 'at-limit', limit: 'rpm', untilMs: clock.wallMs() + 4_000 }
    expect(pool.snapshot().keys[0]!.state).toEqual(state)
    await clock.advance(4_000)
    expect(pool.snapshot().keys[0]!.state).toEqual({ kind: 'ready' })
  })

  it('is not believed for longer than an hour', () => {
    const { pool, clock } = aPool(['a'])
    const lease = pool.lease({ attempt: 1 })
    const outcome = { ...outcomes.served, limits: { ...limits, requestsResetMs: 1e12, organisation: null } }
    if (lease.ok) pool.report(lease.lease, outcome)
    expect(pool.snapshot().keys[0]!.state).toMatchObject({ untilMs: clock.wallMs() + 3_600_000 })
  })
})

describe('a key with an end', () => {
  it('leaves the rotation when it expires, and its observer hears of it', async () => {
    const seen: string[] = []
    const { pool, clock } = aPool(
      [],
      { keys: [aKey('a', { expiresAtMs: Date.UTC(2026, 0, 1, 0, 1) }), aKey('b')] },
      { observe: ({ keyId, state }) => seen.push(`${keyId} ${state.kind}`) },
    )
    await clock.advance(59_999)
    expect(pool.nextPicks(2)).toEqual(['a', 'b'])
    await clock.advance(1)
    expect(seen).toEqual(['a expired'])
    expect(pool.nextPicks(2)).toEqual(['b', 'b'])
    expect(pool.snapshot().keys[0]!.state).toEqual({ kind: 'expired', sinceMs: Date.UTC(2026, 0, 1, 0, 1) })
  })

  it('may be paused until a time, when it comes back by itself', async () => {
    const { pool, clock } = aPool(['a', 'b'])
    pool.setPaused('a', { untilMs: clock.wallMs() + 5_000 })
    expect(pool.snapshot().keys[0]!.state).toEqual({ kind: 'paused', untilMs: clock.wallMs() + 5_000 })
    expect(pool.nextPicks(2)).toEqual(['b', 'b'])
    await clock.advance(5_000)
    expect(pool.nextPicks(2)).toEqual(['a', 'b'])
  })
})
