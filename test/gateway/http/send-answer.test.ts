import * as fc from 'fast-check'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { GatewayAnswer } from '../../../electron/gateway/answer.ts'
import { aGatewayPort } from '../../support/gateway-port.ts'
import { rawRequest } from '../../support/raw-http.ts'

type Port = Awaited<ReturnType<typeof aGatewayPort>>

const whole = (body: Uint8Array): GatewayAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/octet-stream' },
  body,
})

const ask = ({ host, token }: Port) =>
  rawRequest(
    'POST /v1/chat/completions',
    [`Host: ${host}`, `Authorization: Bearer ${token}`, 'Content-Type: application/json'],
    '{}',
  ).replace('connection: close', 'connection: keep-alive')

async function aConnection({ port }: Port): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' })
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(1)
}

describe('an answer that is all there', () => {
  it('arrives byte by byte as it is, small or large', { timeout: 60_000 }, async () => {
    let body: Uint8Array = new Uint8Array()
    const port = await aGatewayPort({ handle: () => whole(body) })
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 600, size: 'max' }),
      // Around where a small answer becomes a large one.
      fc.integer({ min: 8 * 1024 - 2, max: 8 * 1024 + 2 }).map((length) => Uint8Array.from({ length }, (_, at) => at)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(16), async (given, offset) => {
        // A part of a larger memory, as the network hands them over.
        const memory = new Uint8Array(given.length + offset)
        memory.set(given, offset)
        body = memory.subarray(offset)
        const response = await fetch(`http://127.0.0.1:${port.port}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${port.token}`, 'content-type': 'application/json' },
          body: '{}',
        })
        expect(response.headers.get('content-length')).toBe(String(given.length))
        expect(new Uint8Array(await response.arrayBuffer())).toEqual(given)
      }),
      { numRuns: 100 },
    )
  })

  it('is not waited for by a client that takes nothing of it', async () => {
    const port = await aGatewayPort({
      handle: () => whole(Buffer.alloc(32 * 1024 * 1024, 'x')),
      limits: { slowReaderMs: 100 },
    })
    const socket = await aConnection(port)
    socket.pause()
    socket.write(ask(port))
    await until(() => port.requests.length === 1)
    await until(() => port.usage.inFlight() === 0)
    expect(port.answered).toEqual([])
  })

  it('leaves no deadline behind for the answer after it on the same connection', async () => {
    const slow = Promise.withResolvers<GatewayAnswer>()
    const answers = [whole(Buffer.alloc(32 * 1024 * 1024, 'x')), slow.promise]
    const port = await aGatewayPort({ handle: () => answers.shift()!, limits: { slowReaderMs: 200 } })
    const socket = await aConnection(port)
    let received = 0
    let last = ''
    socket.on('data', (part: Buffer) => {
      received += part.length
      last = part.toString('latin1')
    })
    // Both at once: the second answer takes over the connection with whatever the first has left on it.
    socket.write(ask(port) + ask(port))
    await until(() => received > 32 * 1024 * 1024)
    await delay(500)
    slow.resolve(whole(Buffer.from('the second')))
    await until(() => last.endsWith('the second') || socket.destroyed)
    expect(last).toContain('the second')
  })
})
