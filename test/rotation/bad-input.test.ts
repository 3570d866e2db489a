import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { InvalidPoolError, isPlaceholder, rotate, type PoolOptions } from '../../electron/rotation/index.ts'
import { aKey, aPool, outcomes, rateLimitedFor, scripted } from './a-pool.ts'

const secret = 'sk-abcdefghijklmnopqrstuvwxyz'

describe('a list of secrets', () => {
  it('may hold plain strings, whose ids and labels say nothing of them', async () => {
    const { pool } = aPool([], { keys: [secret, 'sk-another-secret-0123456789'] })
    const seen: (string | undefined)[] = []
    await rotate(pool, {}, (lease) => {
      seen.push(lease.secret)
      expect(`${JSON.stringify(lease)} ${inspect(lease)}`).not.toContain('abcdef')
      return Promise.resolve({ committed: true, value: '', done: Promise.resolve(outcomes.served) })
    })
    expect(seen).toEqual([secret])
    expect(JSON.stringify(pool.snapshot())).not.toContain('abcdef')
    expect(pool.snapshot().keys.map(({ label }) => label)).toEqual(['Key 1', 'Key 2'])
  })

  it('loses blanks and repetitions, and says which', () => {
    const { pool } = aPool([], { keys: [secret, '', '   ', ` ${secret} `, 'sk-other-0123456789abcdefg'] })
    expect(pool.snapshot().keys).toHaveLength(2)
    expect(pool.notices).toEqual([
      { code: 'blank-secret', index: 1 },
      { code: 'blank-secret', index: 2 },
      { code: 'duplicate-secret', index: 3 },
    ])
  })

  it('keeps what looks like an example, and says which', () => {
    const { pool } = aPool([], { keys: ['your_api_key', 'sk-key1...'] })
    expect(pool.snapshot().keys).toHaveLength(2)
    expect(pool.notices.map(({ code }) => code)).toEqual(['placeholder-secret', 'placeholder-secret'])
  })

  it('may be empty', async () => {
    const { pool } = aPool([])
    expect(pool.nextPicks(3)).toEqual([])
    expect(await rotate(pool, {}, scripted({}).attempt)).toMatchObject({ ok: false, reason: 'no-keys', attempts: 0 })
  })

  it.each(['your_key', 'sk-your-key-here', '<API_KEY>', '${OPENAI_API_KEY}', 'xxxxxxxx', 'sk-key1...', 'changeme'])(
    'takes %s for an example',
    (text) => {
      expect(isPlaceholder(text)).toBe(true)
    },
  )

  it.each([secret, 'sk-proj-8fh2kd93jf02', '0123456789abcdef.AbCdEf', 'AIzaSyA-1234567890'])(
    'does not take %s for one',
    (text) => {
      expect(isPlaceholder(text)).toBe(false)
    },
  )
})

describe('a list that cannot be meant', () => {
  it.each([
    ['a negative weight', [aKey('a'), aKey('b', { weight: -1 })], 'bad-weight', 1],
    ['a weight that is not a number', [aKey('a', { weight: Number.NaN })], 'bad-weight', 0],
    ['an endless weight', [aKey('a', { weight: Infinity })], 'bad-weight', 0],
    ['a limit of nothing', [aKey('a', { limits: { requestsPerMinute: 0 } })], 'bad-limit', 0],
    ['half a lease', [aKey('a', { limits: { concurrency: 0.5 } })], 'bad-limit', 0],
    ['a day that starts after its end', [aKey('a', { limits: { dayStartsAtUtcMinute: 1_440 } })], 'bad-limit', 0],
    ['an end that is not a time', [aKey('a', { expiresAtMs: Number.NaN })], 'bad-time', 0],
    ['a pause until no time', [aKey('a', { paused: { untilMs: Number.NaN } })], 'bad-time', 0],
    ['one id for two keys', [aKey('a'), aKey('a', { fingerprint: 'other' })], 'duplicate-id', 1],
    ['a key without a fingerprint', [aKey('a', { fingerprint: '' })], 'no-fingerprint', 0],
  ])('is refused: %s', (_what, keys, code, index) => {
    expect(() => aPool([], { keys })).toThrow(expect.objectContaining({ code, index }))
    expect(() => aPool([], { keys })).toThrow(InvalidPoolError)
  })

  it.each<[string, unknown, string, number]>([
    ['no list at all', null, 'no-list', -1],
    ['one text', 'sk-one-0123456789abcdefghij', 'no-list', -1],
    ['a key that is not set', [secret, undefined], 'bad-key', 1],
    ['a number', [5], 'bad-key', 0],
    ['a secret that is a number', [{ ...aKey('a'), secret: 5 }], 'bad-key', 0],
    ['a key without an id', [{ secret }], 'bad-key', 0],
  ])('is refused from a program without types: %s', (_what, keys, code, index) => {
    expect(() => aPool([], { keys: keys as PoolOptions['keys'] })).toThrow(expect.objectContaining({ code, index }))
  })

  it('is refused with a strategy that there is not', () => {
    const strategy = 'random' as PoolOptions['strategy']
    expect(() => aPool(['a'], { strategy })).toThrow(expect.objectContaining({ code: 'bad-strategy' }))
  })

  it.each(['maxWaitMs', 'deadlineMs'])('is refused by a request whose %s is not a time', async (name) => {
    const { pool, clock } = aPool(['a'])
    const asked = rotate(pool, { [name]: Number.NaN }, scripted({}).attempt)
    await expect(asked).rejects.toMatchObject({ name: 'InvalidPoolError', code: 'bad-time' })
    expect(clock.pending).toBe(0)
  })

  it('is refused when it is for no model, or has a wait that is not a time', () => {
    expect(() => aPool(['a'], { model: ' ' })).toThrow(expect.objectContaining({ code: 'no-model' }))
    expect(() => aPool(['a'], { maxWaitMs: -1 })).toThrow(expect.objectContaining({ code: 'bad-time' }))
    expect(() => aPool(['a'], { deadlineMs: Number.NaN })).toThrow(expect.objectContaining({ code: 'bad-time' }))
  })

  it('leaves the list that was there', () => {
    const { pool } = aPool(['a'])
    const bad = { id: 'x', model: 'gpt-4o', host: 'api.test', strategy: 'weighted', keys: [aKey('b', { weight: -1 })] }
    expect(() => pool.configure(bad as never)).toThrow(InvalidPoolError)
    expect(pool.nextPicks(1)).toEqual(['a'])
  })
})

describe('a clock that goes backwards', () => {
  it('brings no key back early and keeps none out for longer', () => {
    let nowMs = 100_000
    const clock = { nowMs: () => nowMs, wallMs: () => nowMs, schedule: () => () => {} }
    const { pool } = aPool(['a'], {}, { clock })
    const lease = pool.lease({ attempt: 1 })
    expect(lease.ok && pool.report(lease.lease, rateLimitedFor(10_000))).toBe(true)
    nowMs = 50_000
    expect(pool.lease({ attempt: 1 })).toMatchObject({ ok: false, retryAtMs: 110_000 })
    nowMs = 109_999
    expect(pool.lease({ attempt: 1 }).ok).toBe(false)
    nowMs = 110_000
    expect(pool.lease({ attempt: 1 }).ok).toBe(true)
  })
})

describe('a report', () => {
  it('counts once, and only for what was leased here', () => {
    const { pool } = aPool(['a'])
    const answer = pool.lease({ attempt: 1 })
    if (!answer.ok) throw new Error(answer.why)
    expect(pool.report(answer.lease, outcomes.served)).toBe(true)
    expect(pool.report(answer.lease, outcomes.rejected)).toBe(false)
    expect(pool.report({ ...answer.lease }, outcomes.rejected)).toBe(false)
    expect(pool.snapshot().keys[0]).toMatchObject({ inFlight: 0, served: 1, state: { kind: 'ready' } })
  })
})
