import { describe, expect, it } from 'vitest'
import { rotate } from '../../electron/rotation/index.ts'
import { aPool, outcomes, rateLimitedFor, scripted } from './a-pool.ts'

describe('one request', () => {
  it('gets the keys in turn', async () => {
    const { pool } = aPool(['a', 'b', 'c'])
    const { attempt, tried } = scripted({})
    for (let request = 0; request < 4; request += 1) await rotate(pool, {}, attempt)
    expect(tried).toEqual(['a', 'b', 'c', 'a'])
  })

  it.each([
    ['rate-limited', outcomes.rateLimited],
    ['exhausted', outcomes.exhausted],
    ['rejected', outcomes.rejected],
    ['not allowed here', outcomes.notAllowed],
  ])('moves to the next key at once when its key is %s', async (_name, outcome) => {
    const { pool } = aPool(['a', 'b', 'c'])
    const { attempt, tried } = scripted({ a: outcome })
    const result = await rotate(pool, {}, attempt)
    expect(result).toMatchObject({ ok: true, value: 'b', attempts: 2 })
    await rotate(pool, {}, attempt)
    await rotate(pool, {}, attempt)
    expect(tried).toEqual(['a', 'b', 'b', 'c'])
  })

  it('tries every key before it gives up, and says of each why it is out and when it is back', async () => {
    const { pool, clock } = aPool(['a', 'b', 'c', 'd', 'e'])
    const { attempt, tried } = scripted({
      a: outcomes.rejected,
      b: outcomes.exhausted,
      c: outcomes.notAllowed,
      d: rateLimitedFor(90_000),
      e: outcomes.rejected,
    })
    const result = await rotate(pool, {}, attempt)
    expect(tried).toEqual(['a', 'b', 'c', 'd', 'e'])
    const now = clock.wallMs()
    expect(result).toMatchObject({
      ok: false,
      reason: 'keys-unavailable',
      retryAtMs: now + 90_000,
      keys: [
        { keyId: 'a', label: 'a', state: { kind: 'rejected', nextTestMs: now + 300_000 } },
        { keyId: 'b', state: { kind: 'exhausted', untilMs: now + 3_600_000 } },
        { keyId: 'c', state: { kind: 'not-allowed' } },
        { keyId: 'd', state: { kind: 'cooling', untilMs: now + 90_000, announced: true } },
        { keyId: 'e', state: { kind: 'rejected' } },
      ],
    })
  })

  it('returns the caller his own fault and blames no key', async () => {
    const { pool } = aPool(['a', 'b'])
    const { attempt, tried } = scripted({ a: outcomes.callerFault })
    expect(await rotate(pool, {}, attempt)).toMatchObject({ ok: false, reason: 'caller-fault', keys: [] })
    expect(tried).toEqual(['a'])
    expect(pool.snapshot().keys[0]).toMatchObject({ state: { kind: 'ready' }, inFlight: 0 })
  })

  it('says so when there are no keys', async () => {
    const { pool } = aPool([])
    expect(await rotate(pool, {}, scripted({}).attempt)).toMatchObject({ ok: false, reason: 'no-keys' })
  })
})
