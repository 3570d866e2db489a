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
  /** A client that takes nothing of what waits for it is let go after so long; null when it is too little to matter. */
  slowReaderMs: number | null
}

/** Up to here it costs less to copy an answer behind its head than to have the system gather the two. */
const smallBytes = 8 * 1024

/** A promise where pieces are still to come; it resolves when they have all been handed over, or the client is gone. */
export function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: GatewayAnswer,
  options: SendOptions,
): Promise<void> | undefined {
  const lines: string[] = [...always]
  for (const name in headers) lines.push(name, headers[name]!)
  if (options.closes) lines.push('connection', 'close')
  if (body instanceof Uint8Array) {
    lines.push('content-length', String(body.byteLength))
    response.writeHead(status, lines)
    endWith(response, options.isHead ? nothing : body)
    if (response.writableLength > 0) letGoWhenSlow(response, options)
    return undefined
  }
  response.writeHead(status, lines)
  return sendPieces(response, body, options)
}

const nothing = Buffer.alloc(0)

/** Node puts a text behind the head and writes both at once; Latin-1 is one byte a letter, whatever the bytes mean. */
function endWith(response: ServerResponse, body: Uint8Array): void {
  const { byteLength, byteOffset, buffer } = body
  if (byteLength > smallBytes) response.end(body)
  else response.end(Buffer.from(buffer, byteOffset, byteLength).toString('latin1'), 'latin1')
}

async function sendPieces(response: ServerResponse, body: AsyncIterable<Uint8Array>, options: SendOptions) {
  const { signal } = options
  let isWatched = false
  for await (const piece of body) {
    if (signal.aborted) return
    if (response.write(piece)) continue
    if (!isWatched) letGoWhenSlow(response, options)
    isWatched = true
    await drained(response, signal)
    // The client has gone; whoever drives the body has heard of it by the same signal.
    if (signal.aborted) return
  }
  response.end()
  if (!isWatched && response.writableLength > 0) letGoWhenSlow(response, options)
}

/** From the first byte that has to wait; most answers never have one, and a timer for each would cost as much as they. */
function letGoWhenSlow(response: ServerResponse, { slowReaderMs }: SendOptions): void {
  const { socket } = response
  if (slowReaderMs === null || !socket) return
  response.setTimeout(slowReaderMs, () => {
    if (response.writableLength > 0) response.destroy()
  })
  response.once('close', () => {
    // An idle connection has its own limit by then, and the next answer on it none.
    if (socket.timeout === slowReaderMs) socket.setTimeout(0)
  })
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
