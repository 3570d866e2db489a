import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Clock } from '../../rotation/clock.ts'
import { checkUpgrade, headerValues } from './access.ts'
import { renderRefusal, text, unauthorized, type Answer } from './answer.ts'
import type { FailureThrottle } from '../../loopback/failure-throttle.ts'
import type { Session, Sessions } from './sessions.ts'

/**
 * A WebSocket is granted only to this host's own page with a session's token. The token travels as the second
 * subprotocol, because a browser lets a page set no header here, and is never sent back.
 */
export interface SocketDeps {
  origin: () => string
  sessions: Sessions
  throttle: FailureThrottle
  /** Answers what the page asks over the socket. */
  handler: { upgrade(socket: Pick<WebSocket, 'addEventListener' | 'send'>): Promise<void> }
  clock: Pick<Clock, 'schedule'>
}

export interface Sockets {
  upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): Promise<void>
  /** Tells every page that the application ends, and cuts off those that do not answer in time. */
  close(withinMs: number): Promise<void>
}

const protocol = 'keywheel'
/** The largest message is an import of 8 MiB in base64. */
const maxMessageBytes = 12 * 1024 * 1024
/** A page that reads slower than it is told things is cut off, rather than kept in memory. */
const maxUnsentBytes = 16 * 1024 * 1024
const maxSockets = 64
const heartbeatMs = 30_000

const goingAway = 1001
const sessionOver = 4401

export function createSockets(deps: SocketDeps): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: () => protocol,
  })

  async function admit(request: IncomingMessage): Promise<Session | Answer> {
    const target = request.url ?? ''
    const verdict = checkUpgrade(
      { method: request.method ?? '', target, rawHeaders: request.rawHeaders },
      deps.origin(),
    )
    if (verdict.kind === 'refused') return text(verdict.status, 'Refused.')
    if (target !== '/rpc') return text(404, 'There is nothing here.')
    const session = deps.sessions.find(tokenIn(request))
    if (!session) {
      await deps.throttle.failed()
      return unauthorized
    }
    return server.clients.size < maxSockets ? session : text(503, 'Too many pages are open.')
  }

  return {
    async upgrade(request, connection, head) {
      // The peer may be gone before it is answered; there is nobody to tell.
      connection.on('error', () => connection.destroy())
      const admitted = await admit(request)
      if ('status' in admitted) {
        connection.end(renderRefusal(admitted))
        return
      }
      server.handleUpgrade(request, connection, head, (socket) => attend(socket, admitted, deps))
    },
    close(withinMs) {
      return closeAll(server, withinMs, deps.clock)
    },
  }
}

/** Exactly `keywheel` and a token, in this order. */
function tokenIn(request: IncomingMessage): string {
  const offered = headerValues(request.rawHeaders, 'sec-websocket-protocol').join(',').split(',')
  const [name, token] = offered.map((entry) => entry.trim())
  return offered.length === 2 && name === protocol ? (token ?? '') : ''
}

/** Connects a socket to the procedures for as long as its session lasts and its page answers. */
function attend(socket: WebSocket, session: Session, { handler, clock }: SocketDeps): void {
  const forgetEnd = session.onEnd(() => socket.close(sessionOver))
  let cancelHeartbeat = clock.schedule(heartbeatMs, beat)
  let answered = true

  function beat() {
    if (!answered) return socket.terminate()
    answered = false
    socket.ping()
    cancelHeartbeat = clock.schedule(heartbeatMs, beat)
  }

  socket.on('pong', () => void (answered = true))
  socket.on('message', () => session.touch())
  // A protocol error ends the socket, and `close` follows; there is nothing to add.
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    cancelHeartbeat()
    forgetEnd()
  })
  void handler.upgrade({
    addEventListener: socket.addEventListener.bind(socket),
    send(data: Parameters<WebSocket['send']>[0]) {
      if (socket.bufferedAmount > maxUnsentBytes) socket.terminate()
      else socket.send(data)
    },
  })
}

function closeAll(server: WebSocketServer, withinMs: number, clock: Pick<Clock, 'schedule'>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(withinMs, () => {
      for (const socket of server.clients) socket.terminate()
    })
    for (const socket of server.clients) socket.close(goingAway)
    server.close(() => {
      cancel()
      resolve()
    })
  })
}
