// Only 127.0.0.1 and, where there is an IPv6 loopback, ::1 are listened on, and never one of them without the other: a
// program that holds ::1 would be handed the tokens of clients that call `localhost`.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { PortHolder } from '../../loopback/port-holder.ts'
import { hostsOf } from './access.ts'
import type { GatewayHttpLimits } from './limits.ts'
import { closing, tooManyConnections } from './refusals.ts'
import type { Exchange } from './exchange.ts'

export interface Listening {
  readonly kind: 'listening'
  readonly port: number
  readonly hasIpv6: boolean
  /** Takes nothing new, lets what is under way end for a while, then ends it. */
  close: () => Promise<void>
}

export type Listened =
  | Listening
  | { readonly kind: 'port-taken'; readonly address: LoopbackAddress; readonly holder: PortHolder | null }
  | { readonly kind: 'failed'; readonly code: string }

export type LoopbackAddress = '127.0.0.1' | '::1'

export interface ListenerDeps {
  serve: (exchange: Exchange) => void
  /** The client has said its last word on this connection. */
  onHalfClosed: (socket: Socket) => void
  limits: GatewayHttpLimits
  schedule: (delayMs: number, task: () => void) => () => void
  findPortHolder: (port: number) => Promise<PortHolder | null>
}

/** Port 0 is for tests: the system chooses one for both addresses. */
export async function listenOnLoopback(deps: ListenerDeps, port: number): Promise<Listened> {
  const door = createDoor(deps)
  const first = await bind(door.server(), '127.0.0.1', port)
  if (first.kind !== 'bound') return notListening(deps, first, '127.0.0.1', port)
  const second = await bind(door.server(), '::1', first.port)
  if (second.kind !== 'bound' && second.kind !== 'absent') {
    await door.close()
    return notListening(deps, second, '::1', first.port)
  }
  const hasIpv6 = second.kind === 'bound'
  door.open(hostsOf(first.port, hasIpv6))
  return { kind: 'listening', port: first.port, hasIpv6, close: () => door.close() }
}

async function notListening(
  { findPortHolder }: ListenerDeps,
  { kind, code }: Unbound,
  address: LoopbackAddress,
  port: number,
): Promise<Listened> {
  return kind === 'taken'
    ? { kind: 'port-taken', address, holder: await findPortHolder(port) }
    : { kind: 'failed', code }
}

/** What both addresses share: one set of connections, and one end. */
function createDoor({ serve, onHalfClosed, limits, schedule }: ListenerDeps) {
  const servers: Server[] = []
  const surplus = new WeakSet<Socket>()
  let hosts: ReadonlySet<string> = new Set()
  let connections = 0
  let isClosing = false

  const refusedHere = (socket: Socket) => (isClosing ? closing : surplus.has(socket) ? tooManyConnections : null)

  const answer = (expectsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    if (isClosing) response.once('close', closeIdle)
    serve({ request, response, hosts, refused: refusedHere(request.socket), expectsContinue })
  }

  function welcome(socket: Socket) {
    connections += 1
    if (connections > limits.maxConnections) surplus.add(socket)
    socket.once('end', () => onHalfClosed(socket))
    socket.once('close', () => void (connections -= 1))
  }

  const closeIdle = () => {
    for (const server of servers) server.closeIdleConnections()
  }

  return {
    server(): Server {
      const server = createLimitedServer(limits)
      server.on('connection', welcome)
      server.on('request', answer(false))
      server.on('checkContinue', answer(true))
      servers.push(server)
      return server
    },
    open: (names: ReadonlySet<string>) => void (hosts = names),
    async close() {
      isClosing = true
      const open = servers.filter((server) => server.listening)
      const closed = Promise.all(open.map((server) => new Promise((resolve) => server.close(resolve))))
      const watch = repeat(schedule, drainLookMs, closeIdle)
      const cancel = schedule(limits.drainMs, () => {
        for (const server of open) server.closeAllConnections()
      })
      await closed
      watch()
      cancel()
    },
  }
}

/** An answer that began before the end was asked for leaves its connection idle, which is then closed. */
const drainLookMs = 50

function repeat(schedule: ListenerDeps['schedule'], everyMs: number, task: () => void): () => void {
  let cancel = schedule(everyMs, run)
  function run() {
    task()
    cancel = schedule(everyMs, run)
  }
  return () => cancel()
}

function createLimitedServer(limits: GatewayHttpLimits): Server {
  const server = createServer({
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.checkEveryMs,
    keepAliveTimeout: limits.keepAliveMs,
    maxHeaderSize: limits.maxHeaderBytes,
    // A request without Host gets the same answer as one with a wrong Host.
    requireHostHeader: false,
    // An event of a stream leaves when it comes.
    noDelay: true,
  })
  // Beyond it Node would leave headers out unsaid; more than we take are refused.
  server.maxHeadersCount = limits.maxHeaders + 1
  // Its answers are sent before the connection ends; Node has this, and no type for it.
  Object.assign(server, { httpAllowHalfOpen: true })
  server.maxConnections = limits.maxConnections * 2
  return server
}

type Bound = { kind: 'bound'; port: number } | Unbound
interface Unbound {
  kind: 'taken' | 'absent' | 'failed'
  code: string
}

function bind(server: Server, host: LoopbackAddress, port: number): Promise<Bound> {
  return new Promise((resolve) => {
    const failed = ({ code = 'UNKNOWN' }: NodeJS.ErrnoException) => resolve({ kind: kindOf(code, host), code })
    server.once('error', failed)
    server.listen({ host, port, exclusive: true, ipv6Only: host === '::1' }, () => {
      server.off('error', failed)
      const address = server.address()
      resolve({ kind: 'bound', port: typeof address === 'object' && address !== null ? address.port : port })
    })
  })
}

function kindOf(code: string, host: LoopbackAddress): Unbound['kind'] {
  if (code === 'EADDRINUSE') return 'taken'
  const hasNone = code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT'
  return hasNone && host === '::1' ? 'absent' : 'failed'
}
