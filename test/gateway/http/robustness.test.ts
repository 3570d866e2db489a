import * as fc from 'fast-check'
import { request as openRequest } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { GatewayAnswer } from '../../../electron/gateway/answer.ts'
import { transportFailure, WireFault } from '../../../electron/upstream/wire-attempt.ts'
import { aGatewayPort } from '../../support/gateway-port.ts'
import { rawRequest, sendRaw } from '../../support/raw-http.ts'
import { aConnection, aHeldStream, head, post, until, type Port } from './connections.ts'

/** An answer without end, that counts what is taken of it. */
function anEndlessStream() {
  const taken = { bytes: 0, isOver: false }
  const piece = Buffer.alloc(16 * 1024, 'x')
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        taken.bytes += piece.length
        yield piece
      }
    } finally {
      taken.isOver = true
    }
  }
  const handle = (): Promise<GatewayAnswer> => Promise.resolve({ status: 200, headers: {}, body: pieces() })
  return { handle, taken }
}

describe('a request that is not well formed', () => {
  const rows: readonly (readonly [string, (port: Port) => string, number])[] = [
    [
      'a length and chunks at once',
      (port) =>
        `${rawRequest(post, head(port, ['Content-Length: 5', 'Transfer-Encoding: chunked']))}0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n`,
      400,
    ],
    ['two lengths', (port) => rawRequest(post, head(port, ['Content-Length: 5', 'Content-Length: 6'])), 400],
    ['a length that is no number', (port) => rawRequest(post, head(port, ['Content-Length: +5'])), 400],
    [
      'a transfer coding that is not known',
      (port) => rawRequest(post, head(port, ['Transfer-Encoding: xchunked'])),
      400,
    ],
    ['a chunk without a size', (port) => `${rawRequest(post, head(port, ['Transfer-Encoding: chunked']))}zz\r\n`, 400],
    ['a folded header', (port) => rawRequest(post, head(port, ['X-A: b\r\n c'])), 400],
    ['a space before the colon', (port) => rawRequest(post, head(port, ['X-A : b'])), 400],
    ['a NUL in a header', (port) => rawRequest(post, head(port, ['X-A: \0'])), 400],
    ['a head of 17 KiB', (port) => rawRequest(post, head(port, [`X-A: ${'a'.repeat(17 * 1024)}`])), 431],
    [
      '65 headers',
      (port) =>
        rawRequest(
          post,
          head(
            port,
            Array.from({ length: 64 }, (_, n) => `X-${n}: a`),
          ),
        ),
      431,
    ],
    ['no HTTP at all', () => '\u0016\u0003\u0001\u0002\u0000\r\n\r\n', 400],
  ]
  it.each(rows)('is refused and its connection closed: %s', async (_, bytes, status) => {
    const port = await aGatewayPort()
    expect(await sendRaw(port.port, bytes(port))).toMatchObject({ status })
    expect(port.requests).toEqual([])
    expect(port.bugs).toEqual([])
  })

  it('never hangs and is never answered well, whatever bytes it is made of', async () => {
    const port = await aGatewayPort({ limits: { headersTimeoutMs: 100, requestTimeoutMs: 200, checkEveryMs: 20 } })
    const token = fc.constantFrom(
      'GET ',
      'POST ',
      '/v1/models',
      ' HTTP/1.1',
      '\r\n',
      '\n',
      'Host: ',
      port.host,
      ': ',
      '0',
      'a',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(token, fc.string({ maxLength: 8 })), { maxLength: 12 }), async (parts) => {
        const { status } = await sendRaw(port.port, parts.join(''))
        expect(status === 0 || status >= 400).toBe(true)
      }),
      { numRuns: 40 },
    )
  })
})

describe('a slow client', () => {
  it('that does not finish its head is let go', async () => {
    const port = await aGatewayPort({ limits: { headersTimeoutMs: 100, requestTimeoutMs: 1_000, checkEveryMs: 20 } })
    const { socket, received } = await aConnection(port.port)
    socket.write(`${post} HTTP/1.1\r\nHost: ${port.host}\r\n`)
    await until(() => received.isClosed)
    expect(received.text).toMatch(/^HTTP\/1\.1 408/)
  })

  it('that does not finish its body is let go', async () => {
    const port = await aGatewayPort({ limits: { headersTimeoutMs: 100, requestTimeoutMs: 200, checkEveryMs: 20 } })
    const { socket, received } = await aConnection(port.port)
    socket.write(`${post} HTTP/1.1\r\n${head(port, ['Content-Length: 100']).join('\r\n')}\r\n\r\nhalf`)
    await until(() => received.isClosed)
    expect(port.requests).toEqual([])
    expect(port.bugs).toEqual([])
    expect(port.usage.inFlight()).toBe(0)
  })

  it('that takes nothing of its answer holds up to a mebibyte of it, and is let go in the end', async () => {
    const { handle, taken } = anEndlessStream()
    const port = await aGatewayPort({ handle, limits: { slowReaderMs: 300 } })
    const { socket } = await aConnection(port.port)
    socket.pause()
    socket.write(rawRequest(post, head(port, ['Content-Length: 2'])) + '{}')
    await until(() => taken.isOver)
    // What the system itself buffers on a loopback connection is in this figure, too.
    expect(taken.bytes).toBeLessThan(8 * 1024 * 1024)
    expect(port.usage.inFlight()).toBe(0)
  })

  it('is not let go while it is the provider that is silent', async () => {
    const stream = aHeldStream()
    const port = await aGatewayPort({ handle: stream.handle, limits: { slowReaderMs: 50 } })
    const { socket, received } = await aConnection(port.port)
    socket.write(rawRequest(post, head(port), '{}'))
    await until(() => received.text.includes('first,'))
    await new Promise((resolve) => setTimeout(resolve, 200))
    stream.go()
    await until(() => received.isClosed)
    expect(received.text).toContain('last')
  })
})

describe('one connection', () => {
  it('carries requests that were sent at once, and answers them in their order', async () => {
    const delays = [30, 0, 10, 0]
    const port = await aGatewayPort({
      async handle({ body }) {
        const number = Number(Buffer.from(body).toString())
        await new Promise((resolve) => setTimeout(resolve, delays[number]))
        return { status: 200, headers: {}, body: Buffer.from(`<${number}>`) }
      },
    })
    const { socket, received } = await aConnection(port.port)
    const one = (number: number) =>
      `${post} HTTP/1.1\r\n${head(port, ['Content-Length: 1']).join('\r\n')}\r\n\r\n${number}`
    socket.write(delays.map((_, number) => one(number)).join(''))
    await until(() => received.text.includes('<3>'))
    expect(received.text.match(/<\d>/g)).toEqual(['<0>', '<1>', '<2>', '<3>'])
  })

  it('is kept after a refusal, so that a client need not open another', async () => {
    const port = await aGatewayPort()
    const { socket, received } = await aConnection(port.port)
    const refused = rawRequest(post, [`Host: ${port.host}`, 'Content-Type: application/json'], '{"a":1}')
    socket.write(refused.replace('connection: close', 'connection: keep-alive'))
    await until(() => received.text.includes('401'))
    socket.write(rawRequest(post, head(port), '{}'))
    await until(() => received.text.includes('200 OK'))
    expect(port.requests).toHaveLength(1)
  })
})

describe('a body', () => {
  const limit = 32 * 1024 * 1024

  it('of 32 MiB arrives whole', async () => {
    const port = await aGatewayPort()
    expect(await upload(port, { bytes: limit, isChunked: false })).toBe(200)
    expect(port.requests.map(({ body }) => body.byteLength)).toEqual([limit])
  })

  it.each([
    ['with its length', false],
    ['in chunks', true],
  ])('of 40 MiB is refused with 413, also by a client that writes before it reads: %s', async (_, isChunked) => {
    const port = await aGatewayPort()
    expect(await upload(port, { bytes: 40 * 1024 * 1024, isChunked })).toBe(413)
    expect(port.requests).toEqual([])
  })

  it('that is said to be too large is refused before any of it was sent', async () => {
    const port = await aGatewayPort()
    const { socket, received } = await aConnection(port.port)
    socket.write(`${post} HTTP/1.1\r\n${head(port, [`Content-Length: ${limit + 1}`]).join('\r\n')}\r\n\r\n`)
    await until(() => received.text.includes('\r\n\r\n'))
    expect(received.text).toMatch(/^HTTP\/1\.1 413/)
  })

  it('is refused while those under way leave no room for it, and taken when one of them is done', async () => {
    const stream = aHeldStream()
    const port = await aGatewayPort({ handle: stream.handle, limits: { maxBodiesBytes: 10 } })
    const first = sendRaw(port.port, rawRequest(post, head(port), '"12345"'))
    await stream.asked
    const refused = await sendRaw(port.port, rawRequest(post, head(port), '"67890"'))
    expect([refused.status, refused.head.includes('retry-after: 1')]).toEqual([503, true])
    stream.go()
    expect(await first).toMatchObject({ status: 200 })
    expect(await sendRaw(port.port, rawRequest(post, head(port), '"67890"'))).toMatchObject({ status: 200 })
  })

  it('is asked for only when nothing speaks against it', async () => {
    const port = await aGatewayPort()
    const expecting = (token: string) => [
      ...head({ ...port, token }, ['Content-Length: 2', 'Expect: 100-continue']),
      'Connection: close',
    ]
    const refused = await aConnection(port.port)
    refused.socket.write(`${post} HTTP/1.1\r\n${expecting('gw-wrong').join('\r\n')}\r\n\r\n`)
    await until(() => refused.received.text.includes('\r\n\r\n'))
    expect(refused.received.text).toMatch(/^HTTP\/1\.1 401/)
    const taken = await aConnection(port.port)
    taken.socket.write(`${post} HTTP/1.1\r\n${expecting(port.token).join('\r\n')}\r\n\r\n`)
    await until(() => taken.received.text.includes('100 Continue'))
    taken.socket.write('{}')
    await until(() => taken.received.text.includes('200 OK'))
    expect(port.requests).toHaveLength(1)
  })
})

function upload({ port, token }: Port, { bytes, isChunked }: { bytes: number; isChunked: boolean }): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = isChunked ? {} : { 'content-length': bytes }
    const asked = openRequest({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/v1/chat/completions',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close', ...length },
    })
    asked.on('error', reject)
    asked.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    const piece = Buffer.alloc(1024 * 1024, ' ')
    for (let sent = 0; sent < bytes; sent += piece.length) asked.write(piece)
    asked.end()
  })
}

describe('a file that its provider breaks off', () => {
  it('cuts the connection too, and is no fault of ours', async () => {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('first')
      await new Promise((resolve) => setImmediate(resolve))
      throw new WireFault(transportFailure('connection-lost', true))
    }
    const port = await aGatewayPort({ handle: () => Promise.resolve({ status: 200, headers: {}, body: pieces() }) })
    const answer = await sendRaw(port.port, rawRequest(post, head(port), '{}'))
    expect(answer.body).toContain('first')
    expect(answer.body).not.toMatch(/0\r\n\r\n$/)
    expect(port.bugs).toEqual([])
  })
})

describe('a fault of ours', () => {
  it('is told without a word of what it was, and does not end the gateway', async () => {
    const port = await aGatewayPort({ handle: () => Promise.reject(new Error('sk-canary-in-a-message')) })
    const answer = await sendRaw(port.port, rawRequest(post, head(port), '{}'))
    expect(answer).toMatchObject({ status: 500 })
    expect(answer.body).not.toContain('canary')
    expect(port.bugs).toHaveLength(1)
    expect(await sendRaw(port.port, rawRequest('GET /healthz', [`Host: ${port.host}`]))).toMatchObject({ status: 200 })
  })

  it('in the middle of an answer cuts the connection, so that half an answer is not taken for a whole one', async () => {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('first')
      await new Promise((resolve) => setImmediate(resolve))
      throw new Error('a bug')
    }
    const port = await aGatewayPort({
      handle: () => Promise.resolve({ status: 200, headers: {}, body: pieces() }),
    })
    const answer = await sendRaw(port.port, rawRequest(post, head(port), '{}'))
    expect(answer.body).toContain('first')
    expect(answer.body).not.toMatch(/0\r\n\r\n$/)
    expect(port.bugs).toHaveLength(1)
  })
})
