import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { systemClock } from '../../electron/rotation/system-clock.ts'
import type { Clock } from '../../electron/rotation/clock.ts'
import { createUpstream, type RoutedUpstream, type UpstreamDeps } from '../../electron/upstream/upstream.ts'
import type { UpstreamAnswer, UpstreamRequest, WireAttempt } from '../../electron/upstream/wire-attempt.ts'

export interface Seen {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

export type Reply = (response: ServerResponse, request: IncomingMessage, seen: Seen) => unknown

export interface LocalProvider {
  apiBase: string
  port: number
  seen: Seen[]
  /** Resolves when the connection of the latest request has been closed. */
  closed: () => Promise<void>
  close: () => Promise<void>
}

/** A real HTTP server on a free loopback port that answers as it is told, until the test is over. */
export async function startProvider(reply: Reply): Promise<LocalProvider> {
  const seen: Seen[] = []
  let lastClosed = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    const closed = Promise.withResolvers<void>()
    lastClosed = closed
    response.on('close', () => closed.resolve())
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() }
      seen.push(one)
      void reply(response, request, one)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  onTestFinished(close)
  return { apiBase: `http://127.0.0.1:${port}/v1`, port, seen, closed: () => lastClosed.promise, close }
}

/** Closed when the test is over. */
export function anUpstream(deps: Partial<UpstreamDeps> & { clock?: Clock } = {}): RoutedUpstream {
  const upstream = createUpstream({ clock: systemClock, ...deps })
  onTestFinished(upstream.close)
  return upstream
}

export function aRequest(apiBase: string, over: Partial<UpstreamRequest> = {}): UpstreamRequest {
  return {
    target: { apiBase, provider: 'openai', model: 'gpt-4o' },
    method: 'POST',
    path: '/chat/completions',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] }),
    streaming: false,
    expects: 'output',
    ...over,
  }
}

export const secret = 'sk-test-0123456789abcdefghij'
export const never = new AbortController().signal

export const answer = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
}

/** One event as providers write it. */
export const event = (json: unknown) => `data: ${JSON.stringify(json)}\n\n`
export const delta = (text: string) => event({ choices: [{ index: 0, delta: { content: text }, finish_reason: null }] })
export const roleDelta = event({
  choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
})
export const finish = event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })
export const usageEvent = event({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } })
export const done = 'data: [DONE]\n\n'
export const wholeStream = [roleDelta, delta('Hel'), delta('lo'), finish, usageEvent, done].join('')

export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

export function sse(response: ServerResponse, text: string | Buffer) {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(text)
}

export async function textOf(body: Buffer | AsyncIterable<Buffer>) {
  if (Buffer.isBuffer(body)) return body.toString()
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** The pieces of a body that comes in pieces. */
export function piecesOf({ body }: UpstreamAnswer) {
  if (Buffer.isBuffer(body)) throw new Error('the body came in one piece')
  return body[Symbol.asyncIterator]()
}

export function committed(attempt: WireAttempt) {
  if (!attempt.committed) throw new Error(`not committed: ${JSON.stringify(attempt.failure)}`)
  return attempt
}
