// A slow client slows the provider: the next piece is asked for when the one before has left.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { GatewayAnswer } from '../answer.ts'

/** Every answer carries these. No answer ever has an Access-Control-Allow-Origin. */
const always = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

export interface SendOptions {
  isHead: boolean
  /** What is left of the request is not read: the connection cannot be used for another. */
  closes: boolean
  signal: AbortSignal
}

/** Resolves when the answer has been handed over to the connection, or the client is gone. */
export function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: GatewayAnswer,
  { isHead, closes, signal }: SendOptions,
): Promise<void> | undefined {
  const toSend: Record<string, string | number> = { ...always, ...headers }
  if (closes) toSend['connection'] = 'close'
  if (body instanceof Uint8Array) {
    toSend['content-length'] = body.byteLength
    response.writeHead(status, toSend)
    response.end(isHead ? undefined : body)
    return undefined
  }
  response.writeHead(status, toSend)
  return sendPieces(response, body, signal)
}

async function sendPieces(response: ServerResponse, body: AsyncIterable<Uint8Array>, signal: AbortSignal) {
  for await (const piece of body) {
    if (signal.aborted) return
    if (response.write(piece)) continue
    try {
      await once(response, 'drain', { signal })
    } catch {
      // The client has gone; whoever drives the body has heard of it by the same signal.
      return
    }
  }
  response.end()
}
