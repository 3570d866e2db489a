import { once } from 'node:events'
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'
import type { GatewayAnswer } from '../../../electron/gateway/answer.ts'
import type { GatewayRequest } from '../../../electron/gateway/gateway.ts'
import { aGatewayPort } from '../../support/gateway-port.ts'

export type Port = Awaited<ReturnType<typeof aGatewayPort>>

export const head = ({ host, token }: Port, more: readonly string[] = []) => [
  `Host: ${host}`,
  `Authorization: Bearer ${token}`,
  'Content-Type: application/json',
  ...more,
]

export const post = 'POST /v1/chat/completions'

/** A connection that is kept, with what has come over it. */
export async function aConnection(port: number) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  onTestFinished(() => void socket.destroy())
  const received = { text: '', isClosed: false }
  socket.setEncoding('latin1')
  socket.on('data', (part: string) => (received.text += part))
  socket.on('error', () => undefined)
  socket.on('end', () => (received.isClosed = true))
  socket.on('close', () => (received.isClosed = true))
  await once(socket, 'connect')
  return { socket, received }
}

export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}

/** An answer in pieces that come when a test says so. */
export function aHeldStream() {
  const asked = Promise.withResolvers<GatewayRequest>()
  const go = Promise.withResolvers<void>()
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('first,')
    await go.promise
    yield Buffer.from('last')
  }
  const handle = (request: GatewayRequest): Promise<GatewayAnswer> => {
    asked.resolve(request)
    return Promise.resolve({ status: 200, headers: { 'content-type': 'text/event-stream' }, body: pieces() })
  }
  return { handle, asked: asked.promise, go: go.resolve }
}
