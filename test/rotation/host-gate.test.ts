import { describe, expect, it } from 'vitest'
import { createSharedState, rotate, type Lease, type Outcome, type Pool } from '../../electron/rotation/index.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { aPool, outcomes, rateLimitedFor, scripted } from './a-pool.ts'

function leaseFrom(pool: Pool): Lease {
  const answer = pool.lease({ attempt: 1 })
  if (!answer.ok) throw new Error(answer.why)
  return answer.lease
}

const end = (pool: Pool, outcome: Outcome) => pool.report(leaseFrom(pool), outcome)
const states = (pool: Pool) => pool.snapshot().keys.map(({ state }) => state.kind)

function twoModels(names = ['a', 'b', 'c']) {
  const clock = new FakeClock()
  const shared = createSharedState(clock)
  const deps = { clock, shared }
  const { pool: chat } = aPool(names, { id: 'chat', model: 'chat' }, deps)
  const { pool: embed } = aPool(names, { id: 'embed', model: 'embed' }, deps)
  return { clock, chat, embed, deps }
}

describe('the breaker of an endpoint', () => {
  it('opens after five failures in a row, whatever the key or model, and lets one probe through after five seconds', async () => {
    const { clock, chat, embed } = twoModels()
    for (let failure = 1; failure <= 4; failure += 1) end(failure % 2 === 0 ? chat : embed, outcomes.upstreamFailed)
    expect(states(chat)).toEqual(['ready', 'ready', 'ready'])
    end(embed, outcomes.upstreamFailed)
    expect(states(chat)).toEqual(['host-held', 'host-held', 'host-held'])
    expect(chat.lease({ attempt: 1 })).toMatchObject({ ok: false, why: 'endpoint-held', retryAtMs: 5_000 })
    await clock.advance(5_000)
    const probe = leaseFrom(embed)
    expect(probe.probe).toBe(true)
    expect(chat.lease({ attempt: 1 })).toMatchObject({ ok: false, isBusy: true })
    embed.report(probe, outcomes.served)
    expect(states(chat)).toEqual(['ready', 'ready', 'ready'])
  })

  it('is not opened by a proxy on the way, however often that fails', () => {
    const { pool } = aPool(['a', 'b'])
    for (let failure = 0; failure < 10; failure += 1)
      end(pool, { ...outcomes.upstreamFailed, cause: 'proxy-unreachable' })
    expect(states(pool)).toEqual(['ready', 'ready'])
  })

  it('stays open for longer each time the probe fails, up to thirty seconds', async () => {
    const { pool, clock } = aPool(['a', 'b'])
    for (let failure = 0; failure < 5; failure += 1) end(pool, outcomes.upstreamFailed)
    for (const heldMs of [5_000, 10_000, 20_000, 30_000, 30_000]) {
      expect(pool.lease({ attempt: 1 })).toMatchObject({ ok: false, retryAtMs: clock.nowMs() + heldMs })
      await clock.advance(heldMs)
      end(pool, outcomes.upstreamFailed)
    }
  })

  it('starts counting again after any answer of the provider', () => {
    const { pool } = aPool(['a', 'b'])
    for (const outcome of [outcomes.served, outcomes.callerFault, outcomes.notAllowed]) {
      for (let failure = 0; failure < 4; failure += 1) end(pool, outcomes.upstreamFailed)
      end(pool, outcome)
    }
    expect(states(pool)).not.toContain('host-held')
  })

  it('is not lengthened by failures of attempts from before it opened', () => {
    const { pool } = aPool(['a', 'b'])
    const late = Array.from({ length: 9 }, () => leaseFrom(pool))
    for (const lease of late) pool.report(lease, outcomes.upstreamFailed)
    expect(pool.lease({ attempt: 1 })).toMatchObject({ ok: false, retryAtMs: 5_000 })
  })

  it('lets requests wait for it, and fails them as an endpoint that failed', async () => {
    const { pool, clock } = aPool(['a', 'b'])
    for (let failure = 0; failure < 5; failure += 1) end(pool, outcomes.upstreamFailed)
    const { attempt, tried } = scripted({})
    const impatient = await rotate(pool, { maxWaitMs: 1_000 }, attempt)
    expect(impatient).toMatchObject({ ok: false, reason: 'upstream-failed', retryAtMs: clock.wallMs() + 5_000 })
    const patient = rotate(pool, {}, attempt)
    await clock.advance(5_000)
    expect(await patient).toMatchObject({ ok: true })
    expect(tried).toHaveLength(1)
  })

  it('leaves other hosts alone', () => {
    const { clock, chat, deps } = twoModels()
    const { pool: elsewhere } = aPool(['a'], { host: 'other.test' }, { ...deps, clock })
    for (let failure = 0; failure < 5; failure += 1) end(chat, outcomes.upstreamFailed)
    expect(states(elsewhere)).toEqual(['ready'])
  })
})

describe('a blocked address', () => {
  it('holds the whole host and touches no key', async () => {
    const { clock, chat, embed } = twoModels()
    const { attempt, tried } = scripted({ a: outcomes.addressBlocked })
    const first = await rotate(chat, {}, attempt)
    expect(first).toMatchObject({ ok: false, reason: 'address-blocked', retryAtMs: clock.wallMs() + 30_000 })
    const second = await rotate(embed, {}, attempt)
    expect(second).toMatchObject({ ok: false, reason: 'address-blocked', attempts: 0 })
    expect(tried).toEqual(['a'])
    expect(states(embed)).toEqual(['host-held', 'host-held', 'host-held'])
  })

  it('is probed by one request when the hold is over, and freed when that is served', async () => {
    const { pool, clock } = aPool(['a', 'b'])
    end(pool, outcomes.addressBlocked)
    await clock.advance(30_000)
    const probe = leaseFrom(pool)
    expect(pool.lease({ attempt: 1 }).ok).toBe(false)
    pool.report(probe, outcomes.served)
    expect(states(pool)).toEqual(['ready', 'ready'])
  })

  it('is held for longer when the probe is blocked as well', async () => {
    const { pool, clock } = aPool(['a', 'b'])
    end(pool, outcomes.addressBlocked)
    await clock.advance(30_000)
    end(pool, outcomes.addressBlocked)
    expect(pool.lease({ attempt: 1 })).toMatchObject({ ok: false, why: 'address-held', retryAtMs: 90_000 })
  })

  it('is probed again at once when the probe was cancelled', async () => {
    const { pool, clock } = aPool(['a', 'b'])
    end(pool, outcomes.addressBlocked)
    await clock.advance(30_000)
    end(pool, outcomes.cancelled)
    expect(pool.lease({ attempt: 1 })).toMatchObject({ ok: true, lease: { probe: true } })
  })
})

describe('a storm of rate limits', () => {
  it('is suspected when half of the keys are limited within two seconds without a deadline', async () => {
    const { pool, clock } = aPool(['a', 'b', 'c', 'd'])
    end(pool, outcomes.rateLimited)
    await clock.advance(1_999)
    end(pool, outcomes.rateLimited)
    expect(states(pool)).toEqual(['cooling', 'cooling', 'host-held', 'host-held'])
  })

  it.each([
    ['there are fewer than three keys', ['a', 'b'], outcomes.rateLimited, 100],
    ['the deadlines were announced', ['a', 'b', 'c', 'd'], rateLimitedFor(10_000), 100],
    ['they are further apart', ['a', 'b', 'c', 'd'], outcomes.rateLimited, 2_000],
  ])('is not suspected when %s', async (_why, names, outcome, apartMs) => {
    const { pool, clock } = aPool(names)
    end(pool, outcome)
    await clock.advance(apartMs)
    end(pool, outcome)
    expect(states(pool)).not.toContain('host-held')
  })

  it('is over when one probe is served, and lifts the cooldowns that nobody announced', async () => {
    const { pool, clock } = aPool(['a', 'b', 'c', 'd'])
    end(pool, rateLimitedFor(60_000))
    end(pool, outcomes.rateLimited)
    end(pool, outcomes.rateLimited)
    expect(states(pool)).toEqual(['cooling', 'cooling', 'cooling', 'host-held'])
    await clock.advance(10_000)
    end(pool, outcomes.served)
    expect(states(pool)).toEqual(['cooling', 'ready', 'ready', 'ready'])
    expect(leaseFrom(pool).probe).toBe(false)
  })

  it('goes on when the probe is limited too', async () => {
    const { pool, clock } = aPool(['a', 'b', 'c', 'd'])
    end(pool, outcomes.rateLimited)
    end(pool, outcomes.rateLimited)
    await clock.advance(10_000)
    end(pool, outcomes.rateLimited)
    expect(pool.lease({ attempt: 1 })).toMatchObject({ ok: false, why: 'keys-out', retryAtMs: 40_000 })
  })

  it('may be probed with a key that still cools down, when no other is left', async () => {
    const { pool, clock } = aPool(['a', 'b', 'c'])
    for (const ladder of [10_000, 30_000]) {
      end(pool, outcomes.rateLimited)
      await clock.advance(ladder)
      end(pool, rateLimitedFor(1_000))
      await clock.advance(1_000)
    }
    const open = [leaseFrom(pool), leaseFrom(pool), leaseFrom(pool)]
    for (const lease of open) pool.report(lease, outcomes.rateLimited)
    await clock.advance(10_000)
    expect(pool.lease({ attempt: 1 })).toMatchObject({ ok: true })
  })

  it('counts each key of the host once, whatever models it serves', () => {
    const { chat, embed } = twoModels(['a', 'b', 'c', 'd', 'e'])
    end(chat, outcomes.rateLimited)
    end(embed, outcomes.rateLimited)
    end(chat, outcomes.rateLimited)
    expect(states(chat)).not.toContain('host-held')
    end(chat, outcomes.rateLimited)
    expect(states(embed)).toContain('host-held')
  })
})
