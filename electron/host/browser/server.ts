import { createServer, type Server } from 'node:http'
import { RPCHandler } from '@orpc/server/ws'
import type { AnyRouter } from '@orpc/server'
import type { Clock } from '../../rotation/clock.ts'
import type { PageFiles } from '../page-files.ts'
import { originOf } from './access.ts'
import { send, text } from './answer.ts'
import { createFailureThrottle } from '../../loopback/failure-throttle.ts'
import { createOneTimeCodes } from './one-time-codes.ts'
import { createRoutes, linkOf } from './routes.ts'
import { createSessions } from './sessions.ts'
import { createSockets } from './sockets.ts'

/**
 * Only this machine can connect, because the server listens on 127.0.0.1 and on nothing else. What `localhost` leads to
 * does not matter: requests that name it are refused, so a program that listens on ::1 receives no link of ours.
 */
export interface BrowserServer {
  readonly origin: string
  readonly port: number
  /** A fresh address with a one-time code in its fragment. */
  link(): string
  close(): Promise<void>
}

export interface BrowserServerOptions {
  router: AnyRouter
  files: PageFiles
  /** 0 lets the system choose one. */
  port: number
  clock: Clock
  random: (bytes: number) => Uint8Array
  controlToken: string
}

const loopback = '127.0.0.1'
const sweepMs = 60_000
/** What is under way when the server closes may take so long to end. */
const closeWithinMs = 2_000

export async function startBrowserServer(options: BrowserServerOptions): Promise<BrowserServer> {
  const { clock, random, router, files, controlToken } = options
  const codes = createOneTimeCodes({ clock, random })
  const sessions = createSessions({ clock, random })
  const throttle = createFailureThrottle(clock)
  let origin = ''
  const answer = createRoutes({ origin: () => origin, files, codes, sessions, throttle, controlToken })
  const handler = new RPCHandler(router)
  const sockets = createSockets({ origin: () => origin, sessions, throttle, handler, clock })

  const server = createLimitedServer()
  server.on('request', (request, response) => {
    answer(request)
      // A body cut off half way, or a fault of ours: neither is explained to whoever sent it.
      .catch(() => text(400, 'Refused.'))
      .then((result) => send(request, response, result))
      .catch(() => response.destroy())
  })
  server.on('upgrade', (request, connection, head) => {
    sockets.upgrade(request, connection, head).catch(() => connection.destroy())
  })
  const port = await listen(server, options.port)
  origin = originOf(port)
  const stopSweeping = repeat(clock, sweepMs, () => sessions.expire())

  return {
    origin,
    port,
    link: () => linkOf(origin, codes.issue()),
    async close() {
      stopSweeping()
      const closed = new Promise((resolve) => server.close(resolve))
      await sockets.close(closeWithinMs)
      const cancel = clock.schedule(closeWithinMs, () => server.closeAllConnections())
      server.closeIdleConnections()
      await closed
      cancel()
    },
  }
}

function createLimitedServer(): Server {
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 60_000,
    connectionsCheckingInterval: 2_000,
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16 * 1024,
    // A request without Host gets the same answer as one with a wrong Host.
    requireHostHeader: false,
  })
  server.maxHeadersCount = 64
  server.maxConnections = 512
  return server
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: loopback, port, exclusive: true }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function repeat(clock: Clock, everyMs: number, task: () => void): () => void {
  let cancel = clock.schedule(everyMs, run)
  function run() {
    task()
    cancel = clock.schedule(everyMs, run)
  }
  return () => cancel()
}
