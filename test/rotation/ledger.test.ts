import { describe, expect, it } from 'vitest'
import {
  createMemoryLedger,
  createSharedState,
  type Fact,
  type Ledger,
  type Outcome,
  type Pool,
} from '../../electron/rotation/index.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { aKey, aPool, outcomes, rateLimitedFor } from './a-pool.ts'

function end(pool: Pool, outcome: Outcome) {
  const answer = pool.lease({ attempt: 1 })
  if (!answer.ok) throw new Error(answer.why)
  pool.report(answer.lease, outcome)
}

/** Two gateways, each with its own monotonic time, that share nothing but a ledger. */
function twoGateways(ledger: Ledger) {
  const gateway = (startMs: number) => {
    const clock = new FakeClock()
    const own = { nowMs: () => clock.nowMs() + startMs, wallMs: clock.wallMs, schedule: clock.schedule }
    const keys = [aKey('a', { limits: { requestsPerDay: 4, requestsPerMinute: 3 } }), aKey('b')]
    return aPool([], { keys }, { clock: own, shared: createSharedState(own, ledger) }).pool
  }
  return [gateway(0), gateway(5_000_000)] as const
}

describe('gateways that share a ledger', () => {
  it.each([
    ['a cooldown', rateLimitedFor(20_000), 'cooling'],
    ['a rejection', outcomes.rejected, 'rejected'],
    ['an empty balance', outcomes.exhausted, 'exhausted'],
    ['a refused model', outcomes.notAllowed, 'not-allowed'],
  ])('share %s, with the same time left', (_what, outcome, kind) => {
    const [one, other] = twoGateways(createMemoryLedger())
    end(one, outcome)
    expect(other.stateOfKey('a')).toEqual(one.stateOfKey('a'))
    expect(other.stateOfKey('a')?.kind).toBe(kind)
    expect(other.nextPicks(1)).toEqual(['b'])
  })

  it('share what was spent of a limit', () => {
    const [one, other] = twoGateways(createMemoryLedger())
    for (const pool of [one, other, one]) {
      const pinned = pool.lease({ attempt: 1, onlyKeyId: 'a' })
      expect(pinned.ok).toBe(true)
    }
    expect([one.stateOfKey('a'), other.stateOfKey('a')]).toMatchObject([
      { kind: 'at-limit', limit: 'rpm' },
      { kind: 'at-limit', limit: 'rpm' },
    ])
  })

  it('share that a key has recovered', () => {
    const [one, other] = twoGateways(createMemoryLedger())
    end(one, outcomes.rejected)
    const test = other.leaseForTest('a')!
    other.report(test.lease, outcomes.served)
    expect(one.stateOfKey('a')).toEqual({ kind: 'ready' })
  })

  it('send facts that could travel: plain data without a secret, and nothing for an ordinary answer', () => {
    const memory = createMemoryLedger()
    const facts: Fact[] = []
    const ledger: Ledger = {
      publish: (fact) => {
        facts.push(structuredClone(fact))
        memory.publish(JSON.parse(JSON.stringify(fact)) as Fact)
      },
      subscribe: (host, deliver) => memory.subscribe(host, deliver),
    }
    const clock = new FakeClock()
    const secret = 'sk-abcdefghijklmnopqrstuvwxyz'
    const { pool } = aPool([], { keys: [secret] }, { clock, shared: createSharedState(clock, ledger) })
    end(pool, outcomes.served)
    expect(facts).toEqual([])
    end(pool, rateLimitedFor(5_000))
    expect(facts).toMatchObject([{ kind: 'cooling', host: 'api.test', model: 'gpt-4o', forMs: 5_000, announced: true }])
    expect(JSON.stringify(facts)).not.toContain('abcdef')
    expect(pool.snapshot().keys[0]!.state.kind).toBe('cooling')
  })
})
