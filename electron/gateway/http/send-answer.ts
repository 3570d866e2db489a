// A slow client slows the provider: the next piece is asked for when the one before has left.
import type { ServerResponse } from 'node:http'
import type { StopSignal } from '../../rotation/stop-signal.ts'
import type { GatewayAnswer } from '../answer.ts'

/** Every answer carries these. No answer ever has an Access-Control-Allow-Origin. */
const always = [
  'x-content-type-options',
  'nosniff',
  'cross-origin-resource-policy',
  'same-origin',
  'cache-control',
  'no-store',
] as const

export interface SendOptions {
  isHead: boolean
  /** What is left of the request is not read: the connection cannot be used for another. */
  closes: boolean
  signal: StopSignal
}

/** A promise where pieces are still to come; it resolves when they have all been handed over, or the client is gone. */
export function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: GatewayAnswer,
  { isHead, closes, signal }: SendOptions,
): Promise<void> | undefined {
  const lines: string[] = [...always]
  for (const name in headers) lines.push(name, headers[name]!)
  if (closes) lines.push('connection', 'close')
  if (body instanceof Uint8Array) {
    lines.push('content-length', String(body.byteLength))
    response.writeHead(status, lines)
    response.end(isHead ? undefined : body)
    return undefined
  }
  response.writeHead(status, lines)
  return sendPieces(response, body, signal)
}

async function sendPieces(response: ServerResponse, body: AsyncIterable<Uint8Array>, signal: StopSignal) {
  for await (const piece of body) {
    if (signal.aborted) return
    if (response.write(piece)) continue
    await drained(response, signal)
    // The client has gone; whoever drives the body has heard of it by the same signal.
    if (signal.aborted) return
  }
  response.end()
}

function drained(response: ServerResponse, signal: StopSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go)
      signal.removeEventListener('abort', go)
      resolve()
    }
    response.on('drain', go)
    signal.addEventListener('abort', go, { once: true })
  })
}
