import { setTimeout as delay } from 'node:timers/promises'
import { answerParent } from './child.ts'
import { Connection } from './connection.ts'

/** Where requests go, and as whom. */
export interface Aim {
  port: number
  /** One or several clients. */
  tokens: readonly string[]
  /** More header lines. */
  headers?: readonly string[]
  model?: string
}

export interface Load extends Aim {
  concurrency: number
  requests: number
}

export interface Rate extends Aim {
  perSecond: number
  forMs: number
  seed: number
}

export interface Streams extends Aim {
  streams: number
  chunks: number
  everyMs: number
}

export interface Measured {
  served: number
  failed: number
  tookMs: number
  /** Latencies or first bytes, as asked for. */
  p50Ms: number
  p99Ms: number
}

function requestBytes({ port, tokens, headers = [], model = 'bench-model' }: Aim, prompt: string, client = 0): Buffer {
  const content = `${prompt} ${'z'.repeat(880)}`
  const body = JSON.stringify({
    model,
    messages: [{ role: 'user', content }],
    ...(prompt.startsWith('stream') ? { stream: true } : {}),
  })
  const lines = [
    'POST /v1/chat/completions HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    `authorization: Bearer ${tokens[client % tokens.length]}`,
    'content-type: application/json',
    ...headers,
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN

function measured(latencies: readonly number[], failed: number, tookMs: number): Measured {
  return { served: latencies.length, failed, tookMs, p50Ms: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99) }
}

/** Each connection sends its next request when the answer to the one before is there. */
async function closedLoop(load: Load): Promise<Measured> {
  const request = requestBytes(load, 'whole')
  const latencies: number[] = []
  let left = load.requests
  let failed = 0
  const startedMs = performance.now()
  const work = async () => {
    const connection = new Connection(load.port)
    for (; left > 0;) {
      left -= 1
      const { status, tookMs } = await connection.send(request)
      if (status === 200) latencies.push(tookMs)
      else failed += 1
    }
    connection.destroy()
  }
  await Promise.all(Array.from({ length: load.concurrency }, work))
  return measured(latencies, failed, performance.now() - startedMs)
}

/** Requests come when they come, whether or not those before are answered; a connection is opened when none is free. */
async function openLoop({ perSecond, forMs, seed, ...aim }: Rate): Promise<Measured> {
  const request = requestBytes(aim, 'whole')
  const random = seeded(seed)
  const free: Connection[] = []
  const latencies: number[] = []
  const under: Promise<void>[] = []
  let failed = 0
  const ask = async () => {
    const connection = takeOpen(free) ?? new Connection(aim.port)
    try {
      const { status, tookMs } = await connection.send(request)
      if (status === 200) latencies.push(tookMs)
      else failed += 1
      free.push(connection)
    } catch {
      failed += 1
    }
  }
  const startedMs = performance.now()
  for (let dueMs = 0; dueMs < forMs; dueMs += (-Math.log(1 - random()) * 1000) / perSecond) {
    const waitMs = startedMs + dueMs - performance.now()
    if (waitMs > 0) await delay(waitMs)
    under.push(ask())
  }
  await Promise.all(under)
  for (const connection of free) connection.destroy()
  return measured(latencies, failed, performance.now() - startedMs)
}

/** A server closes connections that rest; those are no longer free. */
function takeOpen(free: Connection[]): Connection | undefined {
  for (let connection = free.pop(); connection; connection = free.pop()) if (connection.isOpen) return connection
  return undefined
}

/** Mulberry32: the same arrivals for everybody who is measured. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export interface StreamsMeasured extends Measured {
  /** Chunks that never came, came twice or came out of order. */
  wrongChunks: number
}

/** Many streams at once, each looked at chunk by chunk; what is measured is how long a chunk was under way. */
async function streams({ streams: count, chunks, everyMs, ...aim }: Streams): Promise<StreamsMeasured> {
  const delays: number[] = []
  let wrongChunks = 0
  let failed = 0
  const startedMs = performance.now()
  const follow = async (_: unknown, client: number) => {
    const connection = new Connection(aim.port)
    let text = ''
    let next = 0
    const see = (piece: Buffer) => {
      text += piece.toString('latin1')
      for (const [, number, sentMs] of text.matchAll(/"content":"(\d+):(\d+) y{150}"/g)) {
        if (Number(number) !== next) wrongChunks += 1
        next = Number(number) + 1
        delays.push(Date.now() - Number(sentMs))
      }
      text = text.slice(text.lastIndexOf('data: '))
      if (/"content":"\d+:\d+ y{150}"/.test(text)) text = ''
    }
    try {
      const { status } = await connection.send(requestBytes(aim, `stream ${chunks} ${everyMs}`, client), see)
      if (status !== 200) failed += 1
      wrongChunks += Math.abs(chunks - next)
    } catch {
      failed += 1
    }
    connection.destroy()
  }
  await Promise.all(Array.from({ length: count }, follow))
  return { ...measured(delays, failed, performance.now() - startedMs), served: count - failed, wrongChunks }
}

/** Streams one after the other; what is measured is the time to the first byte of the answer. */
async function firstBytes({ requests, ...aim }: Load): Promise<Measured> {
  const connection = new Connection(aim.port)
  const request = requestBytes(aim, 'stream 3 0')
  const waits: number[] = []
  const startedMs = performance.now()
  for (let number = 0; number < requests; number += 1) waits.push((await connection.send(request)).firstByteMs)
  connection.destroy()
  return measured(waits, 0, performance.now() - startedMs)
}

/** Clients that leave in the middle of their stream. */
async function leave({ requests, ...aim }: Load): Promise<void> {
  const request = requestBytes(aim, 'stream 3000 20')
  const leaveOne = async () => {
    const connection = new Connection(aim.port)
    const begun = Promise.withResolvers<void>()
    connection.send(request, () => begun.resolve()).catch(() => {})
    await begun.promise
    connection.destroy()
  }
  await Promise.all(Array.from({ length: requests }, leaveOne))
}

answerParent({ closedLoop, openLoop, streams, firstBytes, leave })
