import { randomBytes } from 'node:crypto'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { implement } from '@orpc/server'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { startBrowserServer } from '../../electron/host/browser/server.ts'
import type { PageFiles } from '../../electron/host/page-files.ts'
import { systemClock } from '../../electron/rotation/system-clock.ts'
import type { Clock } from '../../electron/rotation/clock.ts'
import { contract } from '../../shared/contract.ts'
import { defaultSettings } from '../../shared/settings.ts'

export type SettingsClient = ContractRouterClient<Pick<typeof contract, 'settings' | 'events'>>

export const pageMarkup = '<!doctype html><html><head><title>Page</title></head><body></body></html>'

const files: PageFiles = new Map([
  ['/index.html', { type: 'text/html; charset=utf-8', bytes: Buffer.from(pageMarkup) }],
  ['/assets/index.js', { type: 'text/javascript; charset=utf-8', bytes: Buffer.from('export {}') }],
])

/** The real server on a port of its own, before an application of two procedures. */
export async function aBrowserServer(options: { clock?: Clock; pageFiles?: PageFiles } = {}) {
  const controlToken = randomBytes(32).toString('base64url')
  const application = aSmallApplication()
  const server = await startBrowserServer({
    router: application.router,
    files: options.pageFiles ?? files,
    port: 0,
    clock: options.clock ?? systemClock,
    random: randomBytes,
    controlToken,
  })
  onTestFinished(() => server.close())
  const visitor = aVisitor(server.origin)
  return { server, controlToken, application, ...visitor }
}

/** Settings that are kept while it runs, and a stream of events that says when it was let go. */
function aSmallApplication() {
  const os = implement({ settings: contract.settings, events: contract.events })
  let settings = defaultSettings
  const streams = { open: 0 }
  const router = os.router({
    settings: {
      get: os.settings.get.handler(() => settings),
      set: os.settings.set.handler(({ input }) => {
        settings = { ...settings, theme: input.theme ?? settings.theme }
        return settings
      }),
    },
    events: {
      live: os.events.live.handler(async function* ({ signal }) {
        streams.open += 1
        try {
          yield { events: [], dropped: 0 }
          await new Promise((resolve) => signal?.addEventListener('abort', resolve))
        } finally {
          streams.open -= 1
        }
      }),
    },
  })
  return { router, streams }
}

/** What the page does: exchange a code, open the socket with the token, and call. */
function aVisitor(origin: string) {
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json', ...headers },
      body,
    })

  async function enter(link: string): Promise<string> {
    const code = new URL(link).hash.replace('#code=', '')
    const response = await post('/session', JSON.stringify({ code }))
    const { token } = (await response.json()) as { token: string }
    return token
  }

  function openSocket(protocols: string[], headers: Record<string, string> = { origin }, path = '/rpc') {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, protocols, { headers })
    onTestFinished(() => socket.terminate())
    return socket
  }

  function call(token: string) {
    const socket = openSocket(['keywheel', token])
    const client: SettingsClient = createORPCClient(
      new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
    )
    return { socket, client }
  }

  return { post, enter, openSocket, call }
}

/** How an attempt to open a socket ended: the status it was refused with, or `open`. */
export function outcomeOf(socket: WebSocket): Promise<number | 'open'> {
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve('open'))
    socket.on('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    socket.on('error', reject)
  })
}

export const closeCodeOf = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.on('close', (code) => resolve(code)))
