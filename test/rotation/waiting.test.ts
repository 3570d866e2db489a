import { describe, expect, it } from 'vitest'
import { rotate, type Attempt, type Outcome, type RotateEvent } from '../../electron/rotation/index.ts'
import { aPool, outcomes, rateLimitedFor, scripted } from './a-pool.ts'

const failing = (outcome: Outcome) => ({ committed: false, outcome }) as const
/** Ends as the signal says, as an attempt over the wire does. */
const untilAborted: Attempt<string> = (_lease, signal) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(failing(outcomes.cancelled))))

describe('when every key is cooling', () => {
  it('waits for the earliest one that is near enough, and says until when', async () => {
    const { pool, clock } = aPool(['a', 'b'])
    const { attempt, tried } = scripted({
      a: (call) => (call === 1 ? rateLimitedFor(20_000) : outcomes.served),
      b: rateLimitedFor(25_000),
    })
    const events: RotateEvent[] = []
    const result = rotate(pool, { observe: (event) => events.push(event) }, attempt)
    await clock.advance(19_999)
    expect(tried).toEqual(['a', 'b'])
    expect(events.at(-1)).toEqual({ kind: 'parked', untilMs: clock.wallOffsetMs + 20_000 })
    await clock.advance(1)
    expect(await result).toMatchObject({ ok: true, value: 'a', attempts: 3, lease: { probe: true } })
  })

  it('fails at once when the earliest is too far away', async () => {
    const { pool, clock } = aPool(['a'])
    const result = await rotate(pool, {}, scripted({ a: rateLimitedFor(30_001) }).attempt)
    expect(result).toMatchObject({ ok: false, reason: 'keys-unavailable', retryAtMs: clock.wallMs() + 30_001 })
    expect(clock.pending).toBe(0)
  })

  it('waits no longer in all than it may, however often keys come back and fail again', async () => {
    const { pool, clock } = aPool(['a', 'b'])
    const { attempt, tried } = scripted({ a: rateLimitedFor(0), b: rateLimitedFor(0) })
    const result = rotate(pool, {}, attempt)
    await clock.advance(31_000)
    expect(await result).toMatchObject({ ok: false, reason: 'keys-unavailable' })
    expect(tried.length).toBeLessThanOrEqual(62)
    expect(clock.nowMs()).toBe(31_000)
  })

  it('does not wait when it was told not to', async () => {
    const { pool } = aPool(['a'])
    const result = await rotate(pool, { maxWaitMs: 0 }, scripted({ a: rateLimitedFor(1_000) }).attempt)
    expect(result).toMatchObject({ ok: false, reason: 'keys-unavailable' })
  })

  it('stops waiting when the client leaves', async () => {
    const { pool, clock } = aPool(['a'])
    const client = new AbortController()
    const result = rotate(pool, { signal: client.signal }, scripted({ a: rateLimitedFor(10_000) }).attempt)
    await clock.advance(1_000)
    client.abort()
    expect(await result).toMatchObject({ ok: false, reason: 'cancelled' })
    expect(clock.pending).toBe(0)
  })

  it('does not begin to wait for a client that leaves as it is told of the wait', async () => {
    const { pool, clock } = aPool(['a'])
    const client = new AbortController()
    const observe = (event: RotateEvent) => event.kind === 'parked' && client.abort()
    const result = rotate(pool, { signal: client.signal, observe }, scripted({ a: rateLimitedFor(10_000) }).attempt)
    await clock.advance(0)
    expect(clock.pending).toBe(0)
    expect(await result).toMatchObject({ ok: false, reason: 'cancelled' })
  })

  it('stops waiting when a key is resumed by hand', async () => {
    const { pool, clock } = aPool(['a', 'b'])
    pool.setPaused('b', true)
    const result = rotate(pool, {}, scripted({ a: rateLimitedFor(20_000) }).attempt)
    await clock.advance(500)
    pool.setPaused('b', false)
    expect(await result).toMatchObject({ ok: true, value: 'b' })
  })

  it('serves those who wait in the order in which they came', async () => {
    const { pool, clock } = aPool(['a'])
    const limited = pool.lease({ attempt: 1 })
    expect(limited.ok && pool.report(limited.lease, rateLimitedFor(5_000))).toBe(true)
    const order: number[] = []
    const attempt: Attempt<string> = () =>
      Promise.resolve({ committed: true, value: '', done: Promise.resolve(outcomes.served) })
    const requests = [1, 2, 3].map(async (name) => {
      await rotate(pool, {}, attempt)
      order.push(name)
    })
    await clock.advance(5_000)
    await Promise.all(requests)
    expect(order).toEqual([1, 2, 3])
  })

  it('lets one request probe a key that comes back, and the others wait for how that ends', async () => {
    const { pool, clock } = aPool(['a'])
    const first = pool.lease({ attempt: 1 })
    expect(first.ok && pool.report(first.lease, rateLimitedFor(5_000))).toBe(true)
    await clock.advance(5_000)
    const probe = pool.lease({ attempt: 1 })
    const { attempt, tried } = scripted({})
    const waiting = rotate(pool, {}, attempt)
    await clock.advance(1_000)
    expect(tried).toEqual([])
    expect(pool.snapshot().keys[0]!.state).toEqual({ kind: 'probing' })
    expect(probe.ok && pool.report(probe.lease, outcomes.served)).toBe(true)
    expect(await waiting).toMatchObject({ ok: true, lease: { probe: false } })
  })
})

describe('the deadline', () => {
  it('ends a request that is being tried, and frees its key', async () => {
    const { pool, clock } = aPool(['a'])
    const result = rotate(pool, { deadlineMs: 5_000 }, untilAborted)
    await clock.advance(5_000)
    expect(await result).toMatchObject({ ok: false, reason: 'deadline' })
    expect(pool.snapshot().keys[0]).toMatchObject({ inFlight: 0, state: { kind: 'ready' } })
  })

  it('ends a request that waits', async () => {
    const { pool, clock } = aPool(['a'])
    const result = rotate(pool, { deadlineMs: 5_000 }, scripted({ a: rateLimitedFor(20_000) }).attempt)
    await clock.advance(5_000)
    expect(await result).toMatchObject({ ok: false, reason: 'deadline' })
  })

  it('is ten minutes unless something else was said', async () => {
    const { pool, clock } = aPool(['a'])
    const result = rotate(pool, {}, untilAborted)
    await clock.advance(599_999)
    expect(pool.snapshot().keys[0]!.inFlight).toBe(1)
    await clock.advance(1)
    expect(await result).toMatchObject({ reason: 'deadline' })
  })
})

describe('cancelling', () => {
  it('ends the attempt, blames nobody and frees the key', async () => {
    const { pool, clock } = aPool(['a'])
    const client = new AbortController()
    const result = rotate(pool, { signal: client.signal }, untilAborted)
    await clock.advance(10)
    client.abort()
    expect(await result).toMatchObject({ ok: false, reason: 'cancelled' })
    expect(pool.snapshot().keys[0]).toMatchObject({ inFlight: 0, failed: 0, state: { kind: 'ready' } })
  })

  it('asks no key when the client had left before', async () => {
    const { pool } = aPool(['a'])
    const { attempt, tried } = scripted({})
    const result = await rotate(pool, { signal: AbortSignal.abort() }, attempt)
    expect(result).toMatchObject({ ok: false, reason: 'cancelled' })
    expect(tried).toEqual([])
  })
})

describe('after the first output', () => {
  it('returns the value at once and keeps the lease until the answer has ended', async () => {
    const { pool } = aPool(['a', 'b'])
    let end = (_outcome: Outcome) => {}
    const done = new Promise<Outcome>((resolve) => (end = resolve))
    const result = await rotate(pool, {}, () => Promise.resolve({ committed: true, value: 'stream', done }))
    expect(result).toMatchObject({ ok: true, value: 'stream' })
    expect(pool.snapshot().keys[0]).toMatchObject({ inFlight: 1, served: 0 })
    end(outcomes.served)
    await (result.ok && result.done)
    expect(pool.snapshot().keys[0]).toMatchObject({ inFlight: 0, served: 1 })
  })

  it('tries no other key when the stream breaks', async () => {
    const { pool } = aPool(['a', 'b'])
    let calls = 0
    const result = await rotate(pool, {}, () => {
      calls += 1
      return Promise.resolve({ committed: true, value: '', done: Promise.resolve(outcomes.brokenStream) })
    })
    expect(result.ok && (await result.done)).toEqual(outcomes.brokenStream)
    expect(calls).toBe(1)
    expect(pool.snapshot().keys[0]).toMatchObject({ state: { kind: 'ready' }, failed: 1, served: 0 })
  })

  it('still tells the attempt when the client leaves', async () => {
    const { pool } = aPool(['a'])
    const client = new AbortController()
    const result = await rotate(pool, { signal: client.signal }, (_lease, signal) => {
      const done = new Promise<Outcome>((resolve) =>
        signal.addEventListener('abort', () => resolve(outcomes.cancelled)),
      )
      return Promise.resolve({ committed: true, value: '', done })
    })
    client.abort()
    expect(result.ok && (await result.done)).toEqual(outcomes.cancelled)
    expect(pool.snapshot().keys[0]!.inFlight).toBe(0)
  })
})

describe('a bug in an attempt', () => {
  it('is thrown, and no lease is lost', async () => {
    const { pool, clock } = aPool(['a'])
    const bug = new Error('bug')
    await expect(rotate(pool, {}, () => Promise.reject(bug))).rejects.toBe(bug)
    expect(pool.snapshot().keys[0]!.inFlight).toBe(0)
    expect(clock.pending).toBe(0)
  })
})

describe('a bug in what watches a request', () => {
  it.each(['attempt-started', 'attempt-ended'])('is thrown at %s, and leaves no lease and no timer', async (kind) => {
    const { pool, clock } = aPool(['a'])
    const bug = new Error('bug')
    const observe = (event: { kind: string }) => {
      if (event.kind === kind) throw bug
    }
    const { attempt } = scripted({ a: outcomes.callerFault })
    await expect(rotate(pool, { observe }, attempt)).rejects.toBe(bug)
    expect(pool.snapshot().keys[0]!.inFlight).toBe(0)
    expect(clock.pending).toBe(0)
  })

  it('leaves no timer when an attempt says that it was served and hands over nothing', async () => {
    const { pool, clock } = aPool(['a'])
    const served = () => Promise.resolve({ committed: false as const, outcome: outcomes.served })
    await expect(rotate(pool, {}, served)).rejects.toThrow('must commit')
    expect(clock.pending).toBe(0)
  })
})
