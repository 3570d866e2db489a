import { describe, expect, it } from 'vitest'
import { rotate, type Outcome } from '../../electron/rotation/index.ts'
import { backoffMs } from '../../electron/rotation/retry.ts'
import { aPool, outcomes, scripted } from './a-pool.ts'

const overloadedFor = (retryAfterMs: number): Outcome => ({ ...outcomes.upstreamFailed, retryAfterMs })

describe('a proxy that fails', () => {
  const by = (cause: 'proxy-unreachable' | 'proxy-auth' | 'proxy-refused'): Outcome => ({
    ...outcomes.upstreamFailed,
    cause,
  })

  it.each(['proxy-unreachable', 'proxy-refused'] as const)(
    'by %s is tried twice more with the same key and with no other, and no key is to blame',
    async (cause) => {
      const { pool, clock } = aPool(['a', 'b'])
      const { attempt, tried } = scripted({ a: by(cause) })
      const result = rotate(pool, {}, attempt)
      await clock.advance(2_000)
      expect(await result).toMatchObject({ ok: false, reason: 'upstream-failed', lastOutcome: { cause } })
      expect(tried).toEqual(['a', 'a', 'a'])
      expect(pool.snapshot().keys.map(({ state }) => state.kind)).toEqual(['ready', 'ready'])
    },
  )

  it('for want of a password is not tried again', async () => {
    const { pool } = aPool(['a', 'b'])
    const { attempt, tried } = scripted({ a: by('proxy-auth') })
    expect(await rotate(pool, {}, attempt)).toMatchObject({ ok: false, reason: 'upstream-failed' })
    expect(tried).toEqual(['a'])
  })
})

describe('an endpoint that fails', () => {
  it('is tried twice more with the same key, then once with another, and blames neither', async () => {
    const { pool, clock } = aPool(['a', 'b', 'c'])
    const { attempt, tried } = scripted({ a: outcomes.upstreamFailed, b: outcomes.upstreamFailed })
    const result = rotate(pool, {}, attempt)
    await clock.advance(0)
    expect(tried).toEqual(['a'])
    await clock.advance(250)
    expect(tried).toEqual(['a', 'a'])
    await clock.advance(500)
    expect(tried).toEqual(['a', 'a', 'a', 'b'])
    expect(await result).toMatchObject({ ok: false, reason: 'upstream-failed', attempts: 4 })
    expect(pool.snapshot().keys.map(({ state }) => state.kind)).toEqual(['ready', 'ready', 'ready'])
  })

  it('may recover on any of these', async () => {
    const { pool, clock } = aPool(['a', 'b'])
    const { attempt, tried } = scripted({ a: (call) => (call < 3 ? outcomes.upstreamFailed : outcomes.served) })
    const result = rotate(pool, {}, attempt)
    await clock.advance(1_000)
    expect(await result).toMatchObject({ ok: true, value: 'a' })
    expect(tried).toEqual(['a', 'a', 'a'])
  })

  it('is not tried again with a key whose request may already be billed', async () => {
    const { pool } = aPool(['a', 'b'])
    const timeout: Outcome = { ...outcomes.upstreamFailed, cause: 'timeout', mayBeBilled: true }
    const { attempt, tried } = scripted({ a: timeout })
    expect(await rotate(pool, {}, attempt)).toMatchObject({ ok: true, value: 'b' })
    expect(tried).toEqual(['a', 'b'])
  })

  it('is waited for as long as it asks, up to eight seconds', async () => {
    const { pool, clock } = aPool(['a', 'b'])
    const { attempt, tried } = scripted({ a: (call) => (call === 1 ? overloadedFor(7_000) : overloadedFor(8_001)) })
    const result = rotate(pool, {}, attempt)
    await clock.advance(6_999)
    expect(tried).toEqual(['a'])
    await clock.advance(1)
    expect(await result).toMatchObject({ ok: true, value: 'b' })
    expect(tried).toEqual(['a', 'a', 'b'])
  })

  it('does not use up the rotations of keys that fail for their own reasons', async () => {
    const { pool, clock } = aPool(['a', 'b', 'c', 'd', 'e'])
    const { attempt, tried } = scripted({
      a: outcomes.rejected,
      b: outcomes.upstreamFailed,
      c: outcomes.exhausted,
      d: outcomes.rejected,
    })
    const result = rotate(pool, {}, attempt)
    await clock.advance(2_000)
    expect(await result).toMatchObject({ ok: true, value: 'e' })
    expect(tried).toEqual(['a', 'b', 'b', 'b', 'c', 'd', 'e'])
  })

  it('is tried with no other key when one was pinned', async () => {
    const { pool, clock } = aPool(['a', 'b'])
    const { attempt, tried } = scripted({ b: outcomes.upstreamFailed })
    const result = rotate(pool, { pinnedKeyId: 'b' }, attempt)
    await clock.advance(2_000)
    expect(await result).toMatchObject({ ok: false, reason: 'upstream-failed' })
    expect(tried).toEqual(['b', 'b', 'b'])
  })
})

describe('a pinned key', () => {
  it('is the only one tried, and the only one named when it is out', async () => {
    const { pool } = aPool(['a', 'b'])
    const { attempt, tried } = scripted({ b: outcomes.rejected })
    const result = await rotate(pool, { pinnedKeyId: 'b' }, attempt)
    expect(tried).toEqual(['b'])
    expect(result).toMatchObject({ reason: 'keys-unavailable', keys: [{ keyId: 'b', state: { kind: 'rejected' } }] })
  })

  it('does not move the rotation', async () => {
    const { pool } = aPool(['a', 'b', 'c'])
    const { attempt, tried } = scripted({})
    await rotate(pool, { pinnedKeyId: 'b' }, attempt)
    await rotate(pool, {}, attempt)
    expect(tried).toEqual(['b', 'a'])
  })

  it('has to be one of the list', async () => {
    const { pool } = aPool(['a'])
    expect(await rotate(pool, { pinnedKeyId: 'z' }, scripted({}).attempt)).toMatchObject({ reason: 'no-keys' })
  })
})

describe('the pause before the same key is tried again', () => {
  it('doubles from half a second to eight, is drawn from all of it, and is never less than asked for', () => {
    const longest = [0, 1, 2, 3, 4, 5, 60].map((failures) => backoffMs(failures, null, () => 1))
    expect(longest).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000])
    expect(backoffMs(3, null, () => 0)).toBe(0)
    expect(backoffMs(0, 6_000, () => 1)).toBe(6_000)
  })
})
