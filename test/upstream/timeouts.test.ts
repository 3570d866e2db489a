import { createServer, type AddressInfo, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { FakeClock } from '../support/fake-clock.ts'
import {
  aRequest,
  anUpstream,
  answer,
  committed,
  delta,
  json,
  never,
  piecesOf,
  roleDelta,
  secret,
  startProvider,
  type Reply,
} from './local-provider.ts'

const timeouts = { connectMs: 10_000, firstByteMs: 60_000, wholeAnswerMs: 300_000, idleMs: 60_000, totalMs: 600_000 }

async function setUp(reply: Reply) {
  const clock = new FakeClock()
  const provider = await startProvider(reply)
  const upstream = anUpstream({ clock, timeouts })
  return { clock, provider, upstream }
}

/** Lets sockets work, then time pass, until the promise settles; says how much time that took. */
async function timeUntil(clock: FakeClock, promise: Promise<unknown>, stepMs: number, eachStep = () => {}) {
  let isSettled = false
  const settled = () => (isSettled = true)
  promise.then(settled, settled)
  const startMs = clock.nowMs()
  while (!isSettled) {
    eachStep()
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate)
    if (!isSettled) await clock.advance(stepMs)
  }
  return clock.nowMs() - startMs
}

const timedOut = (bodySent: boolean) => ({
  committed: false,
  failure: { kind: 'transport', cause: 'timeout', bodySent },
})

describe('time runs out', () => {
  it('while connecting, and then nothing was sent', async () => {
    // A server that takes the connection and never speaks TLS.
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const clock = new FakeClock()
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    })
    const upstream = anUpstream({ clock, timeouts })
    const { port } = server.address() as AddressInfo
    const attempt = upstream.attempt(aRequest(`https://127.0.0.1:${port}/v1`), secret, never)
    expect(await timeUntil(clock, attempt, 1_000)).toBe(10_000)
    expect(await attempt).toMatchObject(timedOut(false))
  })

  it('before the first byte of a stream', async () => {
    const { clock, provider, upstream } = await setUp(() => {})
    const attempt = upstream.attempt(aRequest(provider.apiBase, { streaming: true }), secret, never)
    expect(await timeUntil(clock, attempt, 5_000)).toBe(60_000)
    expect(await attempt).toMatchObject(timedOut(true))
    await provider.closed()
  })

  it('later for an answer that comes in one piece', async () => {
    const { clock, provider, upstream } = await setUp(() => {})
    const attempt = upstream.attempt(aRequest(provider.apiBase), secret, never)
    expect(await timeUntil(clock, attempt, 10_000)).toBe(300_000)
    expect(await attempt).toMatchObject(timedOut(true))
  })

  it('later for such an answer also after its head has come, but not once it has begun', async () => {
    const replies: readonly [Reply, number][] = [
      [(response) => response.writeHead(200).flushHeaders(), 300_000],
      [(response) => response.writeHead(200).write(' '), 60_000],
      [(response) => response.writeHead(500).flushHeaders(), 60_000],
    ]
    for (const [reply, untilMs] of replies) {
      const { clock, provider, upstream } = await setUp(reply)
      const attempt = upstream.attempt(aRequest(provider.apiBase), secret, never)
      expect(await timeUntil(clock, attempt, 10_000)).toBe(untilMs)
    }
  })

  it('in the silence between start-up and the first output', async () => {
    const { clock, provider, upstream } = await setUp((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(roleDelta)
    })
    const attempt = upstream.attempt(aRequest(provider.apiBase, { streaming: true }), secret, never)
    expect(await timeUntil(clock, attempt, 5_000)).toBe(60_000)
    expect(await attempt).toMatchObject(timedOut(true))
  })

  it('in the middle of a stream, which is then broken', async () => {
    const { clock, provider, upstream } = await setUp((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(delta('Hel'))
    })
    const { answer: got, ended } = committed(
      await upstream.attempt(aRequest(provider.apiBase, { streaming: true }), secret, never),
    )
    const iterator = piecesOf(got)
    await iterator.next()
    const next = iterator.next()
    expect(await timeUntil(clock, next, 5_000)).toBe(60_000)
    await expect(next).rejects.toThrow('timeout')
    expect(await ended).toMatchObject({ kind: 'broken', cause: 'timeout' })
  })

  it('over a provider that drips a byte now and then', async () => {
    let drip = () => {}
    const { clock, provider, upstream } = await setUp((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      drip = () => void response.write(':')
      drip()
    })
    const attempt = upstream.attempt(aRequest(provider.apiBase, { streaming: true }), secret, never)
    expect(await timeUntil(clock, attempt, 5_000, () => drip())).toBe(600_000)
    expect(await attempt).toMatchObject(timedOut(true))
  })
})

describe('time does not run out', () => {
  it('while a slow reader has not asked for more', async () => {
    const { clock, provider, upstream } = await setUp((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(delta('Hel'))
    })
    const { answer: got } = committed(
      await upstream.attempt(aRequest(provider.apiBase, { streaming: true }), secret, never),
    )
    const iterator = piecesOf(got)
    await clock.advance(300_000)
    expect((await iterator.next()).done).toBe(false)
    const next = iterator.next()
    expect(await timeUntil(clock, next, 5_000)).toBe(60_000)
    await expect(next).rejects.toThrow('timeout')
  })

  it('after the end: no timer is left behind', async () => {
    const { clock, provider, upstream } = await setUp((response) => json(response, 200, answer))
    committed(await upstream.attempt(aRequest(provider.apiBase), secret, never))
    expect(clock.pending).toBe(0)
  })

  it('after a cancellation, an error, or a lost connection either', async () => {
    const replies: Reply[] = [
      (response) => json(response, 401, {}),
      (response) => response.destroy(),
      (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ]
    for (const reply of replies) {
      const { clock, provider, upstream } = await setUp(reply)
      await upstream.attempt(aRequest(provider.apiBase), secret, never)
      expect(clock.pending).toBe(0)
    }
    const { clock, provider, upstream } = await setUp(() => {})
    const abort = new AbortController()
    const attempt = upstream.attempt(aRequest(provider.apiBase), secret, abort.signal)
    while (provider.seen.length === 0) await new Promise(setImmediate)
    abort.abort()
    expect(await attempt).toEqual({ committed: false, failure: { kind: 'cancelled' } })
    await provider.closed()
    expect(clock.pending).toBe(0)
  })
})
