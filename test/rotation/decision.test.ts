import { describe, expect, it } from 'vitest'
import { rotate, type Decision } from '../../electron/rotation/index.ts'
import { aKey, aPool, outcomes, rateLimitedFor, scripted } from './a-pool.ts'

const names = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`)

describe('the record of a decision', () => {
  it('keeps who won, by which rule, and how many were out for which reason', async () => {
    const { pool, clock } = aPool(['a', 'b', 'c', 'd', 'e'])
    pool.setPaused('d', true)
    const decisions: Decision[] = []
    const { attempt } = scripted({ a: outcomes.rejected, b: rateLimitedFor(4_000) })
    await rotate(
      pool,
      { observe: (event) => (event.kind === 'attempt-started' ? decisions.push(event.decision) : 0) },
      attempt,
    )
    expect(decisions).toMatchObject([
      { keyId: 'a', rule: 'next-in-turn', strategy: 'round-robin', usable: 4, tried: 0, excluded: { paused: 1 } },
      { keyId: 'b', rule: 'next-after-failure', usable: 3, tried: 1, excluded: { paused: 1, rejected: 1 } },
      { keyId: 'c', usable: 2, tried: 2, excluded: { paused: 1, rejected: 1, cooling: 1, exhausted: 0 } },
    ])
    expect(decisions[2]!.nearest).toEqual([
      { keyId: 'b', label: 'b', reason: 'cooling', backAtMs: clock.wallMs() + 4_000 },
      { keyId: 'a', label: 'a', reason: 'rejected', backAtMs: clock.wallMs() + 300_000 },
    ])
  })

  it('names the ten keys that are back soonest, with when that is', () => {
    const { pool, clock } = aPool(names(30))
    for (let key = 1; key < 30; key += 1) {
      const granted = pool.leaseForTest(`k${key}`)!
      pool.report(granted.lease, rateLimitedFor((60 - key) * 1_000))
    }
    const answer = pool.lease({ attempt: 1 })
    expect(answer.ok && answer.decision.nearest).toEqual(
      names(30)
        .slice(20)
        .toReversed()
        .map((keyId, place) => ({
          keyId,
          label: keyId,
          reason: 'cooling',
          backAtMs: clock.wallMs() + (31 + place) * 1_000,
        })),
    )
  })

  it('does not change afterwards', async () => {
    const { pool, clock } = aPool(['a', 'b', 'c'])
    const first = pool.lease({ attempt: 1 })
    expect(first.ok && pool.report(first.lease, rateLimitedFor(5_000))).toBe(true)
    const second = pool.lease({ attempt: 1 })
    if (!second.ok) throw new Error(second.why)
    const before = structuredClone(second.decision)
    pool.report(second.lease, outcomes.rejected)
    await clock.advance(10_000)
    pool.lease({ attempt: 1 })
    expect(second.decision).toEqual(before)
  })

  it('holds no label and no secret', () => {
    const { pool } = aPool([], { keys: ['sk-abcdefghijklmnopqrstuvwxyz', aKey('b', { label: 'Private' })] })
    const answer = pool.lease({ attempt: 1 })
    expect(answer.ok).toBe(true)
    expect(JSON.stringify(answer.ok && answer.decision)).not.toMatch(/abcdef|Private/)
  })
})
