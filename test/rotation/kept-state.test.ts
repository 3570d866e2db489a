import { describe, expect, it } from 'vitest'
import type { Lease, Outcome, Pool } from '../../electron/rotation/index.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { aKey, aPool, outcomes, rateLimitedFor } from './a-pool.ts'

function leaseFrom(pool: Pool): Lease {
  const answer = pool.lease({ attempt: 1 })
  if (!answer.ok) throw new Error(answer.why)
  return answer.lease
}

const end = (pool: Pool, outcome: Outcome) => pool.report(leaseFrom(pool), outcome)

/** A new process: monotonic time starts again, the wall's has moved on. */
function afterRestart(pool: Pool, wallMs: number, names: string[]) {
  const clock = new FakeClock()
  clock.wallOffsetMs = wallMs
  const kept: unknown = JSON.parse(JSON.stringify(pool.exportState()))
  const { pool: restarted } = aPool(names, {}, { clock })
  expect(restarted.importState(kept)).toBe(true)
  return { restarted, clock }
}

describe('across a restart', () => {
  it('verdicts, long cooldowns and the position of the rotation survive, with the times on the wall', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const { pool, clock } = aPool(names)
    const ends = [
      outcomes.rejected,
      outcomes.exhausted,
      outcomes.notAllowed,
      rateLimitedFor(90_000),
      rateLimitedFor(60_000),
    ]
    for (const outcome of ends) end(pool, outcome)
    await clock.advance(1_000)
    const before = pool.snapshot().keys.map(({ state }) => state)
    const { restarted } = afterRestart(pool, clock.wallMs() + 20_000, names)
    const after = restarted.snapshot()
    expect(after.keys.map(({ state }) => state)).toEqual([...before.slice(0, 4), { kind: 'ready' }, { kind: 'ready' }])
    expect(after.nextKeyId).toBe('f')
  })

  it('a cooldown that ended meanwhile is over, and an exhausted key still comes back with one probe', async () => {
    const { pool, clock } = aPool(['a', 'b'])
    end(pool, rateLimitedFor(120_000))
    end(pool, outcomes.exhausted)
    const { restarted } = afterRestart(pool, clock.wallMs() + 7_200_000, ['a', 'b'])
    expect(restarted.snapshot().keys.map(({ state }) => state.kind)).toEqual(['ready', 'ready'])
    expect([leaseFrom(restarted).probe, leaseFrom(restarted).probe]).toEqual([false, true])
  })

  it('the automatic tests of a rejected key go on where they were', async () => {
    const { pool, clock } = aPool(['a'])
    end(pool, outcomes.rejected)
    await clock.advance(300_000)
    end(pool, outcomes.rejected)
    const { restarted, clock: later } = afterRestart(pool, clock.wallMs() + 3_600_000, ['a'])
    end(restarted, outcomes.rejected)
    const nextTestMs = later.wallMs() + 86_400_000
    expect(restarted.stateOfKey('a')).toEqual({ kind: 'rejected', nextTestMs })
  })

  it('nothing lasts longer because the wall clock went back', () => {
    const { pool, clock } = aPool(['a'])
    end(pool, rateLimitedFor(90_000))
    const { restarted, clock: earlier } = afterRestart(pool, clock.wallMs() - 86_400_000, ['a'])
    expect(restarted.stateOfKey('a')).toMatchObject({ untilMs: earlier.wallMs() + 90_000 })
  })

  it('keys that are no longer in the list are passed over', () => {
    const { pool, clock } = aPool(['a', 'b'])
    end(pool, outcomes.rejected)
    const { restarted } = afterRestart(pool, clock.wallMs(), ['b', 'c'])
    expect(restarted.snapshot().keys.map(({ state }) => state.kind)).toEqual(['ready', 'ready'])
  })

  it('what was spent today still counts, and not tomorrow', async () => {
    const keys = [aKey('a', { limits: { requestsPerDay: 2, dayStartsAtUtcMinute: 0 } })]
    const { pool, clock } = aPool([], { keys })
    end(pool, outcomes.served)
    end(pool, outcomes.served)
    const kept = pool.exportState()
    const { pool: today } = aPool([], { keys })
    expect(today.importState(kept)).toBe(true)
    expect(today.stateOfKey('a')).toMatchObject({ kind: 'at-limit', limit: 'rpd' })
    const tomorrow = new FakeClock()
    tomorrow.wallOffsetMs = clock.wallMs() + 86_400_000
    const { pool: later } = aPool([], { keys }, { clock: tomorrow })
    expect(later.importState(kept)).toBe(true)
    expect(later.stateOfKey('a')).toEqual({ kind: 'ready' })
  })

  it('holds no secret and no more than what survives', () => {
    const secret = 'sk-abcdefghijklmnopqrstuvwxyz'
    const { pool } = aPool([], { keys: [secret] })
    end(pool, outcomes.served)
    expect(JSON.stringify(pool.exportState())).not.toContain(secret.slice(3, 10))
    expect(pool.exportState().facts).toEqual([])
  })

  it.each([
    ['nothing', undefined],
    ['text', 'kept'],
    ['another version', { version: 2, savedAtMs: 0, position: null, facts: [] }],
    ['a fact nobody knows', { version: 1, savedAtMs: 0, position: null, facts: [{ kind: 'loved', fingerprint: 'a' }] }],
    [
      'a negative duration',
      {
        version: 1,
        savedAtMs: 0,
        position: null,
        facts: [{ kind: 'exhausted', fingerprint: 'a', forMs: -1, step: 0 }],
      },
    ],
  ])('%s is not taken for kept state', (_what, kept) => {
    const { pool } = aPool(['a'])
    expect(pool.importState(kept)).toBe(false)
    expect(pool.stateOfKey('a')).toEqual({ kind: 'ready' })
  })
})
