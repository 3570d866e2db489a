import type { IncomingMessage, ServerResponse } from 'node:http'
import { STATUS_CODES } from 'node:http'
import { securityHeaders } from '../security-headers.ts'

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export const text = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${body}\n`,
})

export const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
})

/** The same words for a wrong, a used and an expired code or token. */
export const unauthorized = text(401, 'This session is over. Start Keywheel again for a new link.')

/** Sends the answer. A request whose body was not read has its connection closed, so that nothing of it is taken for the next one. */
export function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : (body ?? Buffer.alloc(0))
  response.writeHead(status, {
    ...securityHeaders,
    ...headers,
    ...(status === 204 ? {} : { 'content-length': String(bytes.length) }),
    ...(request.complete ? {} : { connection: 'close' }),
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

/** An answer to an upgrade that was not granted, where there is no response object yet. */
export function renderRefusal({ status, body = '' }: Answer): string {
  const headers = { ...securityHeaders, connection: 'close', 'content-length': String(Buffer.byteLength(body)) }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body.toString()].join('\r\n')
}
