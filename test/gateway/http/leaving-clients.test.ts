import type { Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import type { GatewayRequest } from '../../../electron/gateway/gateway.ts'
import { aGatewayPort } from '../../support/gateway-port.ts'
import { rawRequest, sendRaw } from '../../support/raw-http.ts'
import { aConnection, aHeldStream, head, post, until } from './connections.ts'

/** An answer that is given when a test says so. */
async function aPortThatThinks() {
  const asked = Promise.withResolvers<GatewayRequest>()
  const go = Promise.withResolvers<void>()
  const port = await aGatewayPort({
    async handle(request) {
      asked.resolve(request)
      await go.promise
      return { status: 200, headers: {}, body: Buffer.from(`<${Buffer.from(request.body).toString()}>`) }
    },
  })
  return { port, asked: asked.promise, go: go.resolve }
}

async function ended(signal: GatewayRequest['signal']): Promise<void> {
  if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', resolve))
}

async function endsWithin250Ms(signal: GatewayRequest['signal'], leave: () => void): Promise<void> {
  const leftAtMs = performance.now()
  leave()
  await ended(signal)
  expect(performance.now() - leftAtMs).toBeLessThan(250)
}

describe('a client that goes', () => {
  it.each([
    ['resets its connection', (socket: Socket) => void socket.resetAndDestroy()],
    ['closes its connection', (socket: Socket) => void socket.destroy()],
    ['closes its half of it', (socket: Socket) => void socket.end()],
  ])('ends what is done for it within 250 ms in the middle of its answer: it %s', async (_, leave) => {
    const stream = aHeldStream()
    const port = await aGatewayPort({ handle: stream.handle })
    const { socket, received } = await aConnection(port.port)
    socket.write(rawRequest(post, head(port), '{}').replace('connection: close', 'connection: keep-alive'))
    const { signal } = await stream.asked
    await until(() => received.text.includes('first,'))
    await endsWithin250Ms(signal, () => leave(socket))
    stream.go()
    await until(() => port.usage.inFlight() === 0)
    expect(port.bugs).toEqual([])
    expect(await sendRaw(port.port, rawRequest('GET /healthz', [`Host: ${port.host}`]))).toMatchObject({ status: 200 })
  })

  it.each([
    ['resets its connection', (socket: Socket) => void socket.resetAndDestroy()],
    ['closes its connection', (socket: Socket) => void socket.destroy()],
  ])('ends what is done for it within 250 ms before its answer has begun: it %s', async (_, leave) => {
    const { port, asked } = await aPortThatThinks()
    const { socket } = await aConnection(port.port)
    socket.write(rawRequest(post, head(port), '{}'))
    const { signal } = await asked
    await endsWithin250Ms(signal, () => leave(socket))
    await until(() => port.usage.inFlight() === 0)
    expect(port.bugs).toEqual([])
  })

  it('in the middle of its body is no fault of ours', async () => {
    const port = await aGatewayPort()
    const { socket } = await aConnection(port.port)
    socket.write(`${post} HTTP/1.1\r\n${head(port, ['Content-Length: 100']).join('\r\n')}\r\n\r\nhalf`)
    await until(() => port.usage.inFlight() === 1)
    socket.destroy()
    await until(() => port.usage.inFlight() === 0)
    expect([port.requests, port.bugs]).toEqual([[], []])
  })
})

describe('a client that closes its half of the connection and waits', () => {
  const working = 'HTTP/1.1 102 Processing\r\n\r\n'
  const kept = (text: string) => text.replace('connection: close', 'connection: keep-alive')

  it('is told now and then that it is being worked on, and given its answer', async () => {
    const { port, asked, go } = await aPortThatThinks()
    const { socket, received } = await aConnection(port.port)
    socket.end(kept(rawRequest(post, head(port), '{}')))
    const { signal } = await asked
    await until(() => received.text === working.repeat(3))
    expect(signal.aborted).toBe(false)
    go()
    await until(() => received.isClosed)
    expect(received.text.slice(3 * working.length)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*<\{\}>$/)
    expect([port.answered, port.bugs]).toEqual([['POST 200'], []])
  })

  it('is given every answer that it asked for, in order', async () => {
    const { port, asked, go } = await aPortThatThinks()
    const { socket, received } = await aConnection(port.port)
    const one = (body: string) => kept(rawRequest(post, head(port), body))
    socket.end(one('1') + one('2') + one('3'))
    await asked
    await until(() => received.text.includes(working))
    go()
    await until(() => received.isClosed)
    expect(received.text.match(/<\d>/g)).toEqual(['<1>', '<2>', '<3>'])
  })

  it('ends what is done for it when it goes after all', async () => {
    const { port, asked } = await aPortThatThinks()
    const { socket, received } = await aConnection(port.port)
    socket.end(kept(rawRequest(post, head(port), '{}')))
    const { signal } = await asked
    await until(() => received.text.includes(working))
    socket.destroy()
    await ended(signal)
    expect(port.bugs).toEqual([])
  })

  it('is given a stream that begins then', async () => {
    const stream = aHeldStream()
    const port = await aGatewayPort({ handle: stream.handle })
    const { socket, received } = await aConnection(port.port)
    socket.end(kept(rawRequest(post, head(port), '{}')))
    await until(() => received.text.includes('first,'))
    stream.go()
    await until(() => received.isClosed)
    expect(received.text).toMatch(/first,[^]*last[^]*0\r\n\r\n$/)
  })

  it('counts as gone where it would not know what it is told', async () => {
    const { port, asked } = await aPortThatThinks()
    const { socket, received } = await aConnection(port.port)
    socket.write(rawRequest(post, head(port), '{}').replace('HTTP/1.1', 'HTTP/1.0'))
    const { signal } = await asked
    await endsWithin250Ms(signal, () => void socket.end())
    expect(received.text).toBe('')
  })
})
