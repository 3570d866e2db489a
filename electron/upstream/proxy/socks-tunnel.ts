// SOCKS 5 (RFC 1928), with user and password (RFC 1929). The proxy is given the name: it resolves it, not this machine.
import { isIP, type Socket } from 'node:net'
import { readAnswer } from './handshake-bytes.ts'
import { ProxyFault, type Endpoint, type ProxyCredentials } from './proxy.ts'

const version = 5
const noCredentials = 0
const userAndPassword = 2
const maxPart = 255

export async function openSocksTunnel(
  socket: Socket,
  endpoint: Endpoint,
  credentials: ProxyCredentials | null,
): Promise<void> {
  const methods = credentials === null ? [noCredentials] : [noCredentials, userAndPassword]
  socket.write(Buffer.from([version, methods.length, ...methods]))
  const [itsVersion, method] = await readAnswer(socket, () => 2)
  if (itsVersion !== version) throw new ProxyFault('proxy-unreachable')
  if (method === userAndPassword && credentials !== null) await authenticate(socket, credentials)
  else if (method !== noCredentials) throw new ProxyFault('proxy-auth')
  socket.write(Buffer.concat([Buffer.from([version, 1, 0]), addressOf(endpoint)]))
  const reply = await readAnswer(socket, replyLength)
  if (reply[0] !== version) throw new ProxyFault('proxy-unreachable')
  if (reply[1] !== 0) throw new ProxyFault('proxy-refused')
}

async function authenticate(socket: Socket, { user, password }: ProxyCredentials): Promise<void> {
  const parts = [user, password].map((text) => Buffer.from(text))
  if (parts.some(({ length }) => length > maxPart)) throw new ProxyFault('proxy-auth')
  socket.write(Buffer.concat([Buffer.from([1]), ...parts.flatMap((part) => [Buffer.from([part.length]), part])]))
  const answer = await readAnswer(socket, () => 2)
  if (answer[1] !== 0) throw new ProxyFault('proxy-auth')
}

function addressOf({ hostname, port }: Endpoint): Buffer {
  const portBytes = Buffer.from([port >> 8, port & 0xff])
  if (isIP(hostname) === 4) return Buffer.concat([Buffer.from([1, ...hostname.split('.').map(Number)]), portBytes])
  const name = Buffer.from(hostname)
  if (name.length > maxPart) throw new ProxyFault('proxy-refused')
  return Buffer.concat([Buffer.from([3, name.length]), name, portBytes])
}

/** By the kind of the address that it ends in. A refusal may be cut short. */
function replyLength(bytes: Buffer): number | null {
  if (bytes.length >= 2 && (bytes[0] !== version || bytes[1] !== 0)) return bytes.length
  if (bytes.length < 5) return null
  const addressLength = { 1: 4, 3: 1 + bytes[4]!, 4: 16 }[bytes[3]!] ?? 0
  return 4 + addressLength + 2
}
