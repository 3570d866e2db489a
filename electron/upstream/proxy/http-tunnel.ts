// RFC 9110 §9.3.6: whatever the provider's scheme, its bytes go through a tunnel, and the proxy is sent no request of ours.
import type { Socket } from 'node:net'
import { authorityOf } from '../hostname.ts'
import { readAnswer } from './handshake-bytes.ts'
import { ProxyFault, type Endpoint, type ProxyCredentials } from './proxy.ts'

export async function openHttpTunnel(
  socket: Socket,
  endpoint: Endpoint,
  credentials: ProxyCredentials | null,
): Promise<void> {
  const authority = authorityOf(endpoint)
  const lines = [`CONNECT ${authority} HTTP/1.1`, `host: ${authority}`, ...authorizationLine(credentials)]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  const head = (await readAnswer(socket, headLength)).toString('latin1')
  const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |\r?\n)/.exec(head)?.[1])
  if (status >= 200 && status < 300) return
  if (status === 407) throw new ProxyFault('proxy-auth')
  throw new ProxyFault(Number.isNaN(status) ? 'proxy-unreachable' : 'proxy-refused')
}

/** RFC 7617, in UTF-8. */
function authorizationLine(credentials: ProxyCredentials | null): string[] {
  if (credentials === null) return []
  const { user, password } = credentials
  return [`proxy-authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`]
}

/** What does not begin like an answer of HTTP is judged at once: its end may never come. */
function headLength(bytes: Buffer): number | null {
  const start = bytes.toString('latin1', 0, 7)
  if (!'HTTP/1.'.startsWith(start)) return bytes.length
  const end = bytes.indexOf('\r\n\r\n')
  return end < 0 ? null : end + 4
}
