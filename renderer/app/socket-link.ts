import { RPCLink } from '@orpc/client/websocket'
import ReconnectingWebSocket from 'partysocket/ws'
import { retryPlugin, type CallContext, type Link } from './client.ts'
import type { Connection } from './connection-store.ts'

const tokenKey = 'keywheel:session'
const protocol = 'keywheel'

/** The one-time code arrives in the fragment, which never leaves the browser, and is taken out of the address at once. */
function takeCode(page: Pick<Window, 'location' | 'history'>): string | null {
  const match = /^#code=([\w-]+)$/.exec(page.location.hash)
  if (match?.[1] === undefined) return null
  page.history.replaceState(page.history.state, '', page.location.pathname)
  return match[1]
}

async function exchangeCode(code: string): Promise<string | null> {
  try {
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    })
    if (!response.ok) return null
    const answer: unknown = await response.json()
    const token = typeof answer === 'object' && answer !== null && 'token' in answer ? answer.token : null
    return typeof token === 'string' ? token : null
  } catch {
    // Nobody answers there: the same page as a session that is gone tells what to do.
    return null
  }
}

async function findToken(page: Window): Promise<string | null> {
  const code = takeCode(page)
  const fresh = code === null ? null : await exchangeCode(code)
  if (fresh !== null) page.sessionStorage.setItem(tokenKey, fresh)
  return fresh ?? page.sessionStorage.getItem(tokenKey)
}

/** A socket that cannot be opened does not say why; the host does when it is asked plainly. */
async function isSessionKnown(token: string): Promise<boolean | null> {
  try {
    const response = await fetch('/session', { headers: { authorization: `Bearer ${token}` } })
    return response.status !== 401
  } catch {
    // Nobody answers: the host may be starting again, so the socket goes on trying.
    return null
  }
}

function openSocket(page: Window, token: string, report: (connection: Connection) => void): ReconnectingWebSocket {
  const scheme = page.location.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new ReconnectingWebSocket(`${scheme}//${page.location.host}/rpc`, [protocol, token], {
    minReconnectionDelay: 200,
    maxReconnectionDelay: 4_000,
    connectionTimeout: 5_000,
  })
  const close = async () => {
    report('lost')
    if ((await isSessionKnown(token)) !== false) return
    socket.close()
    page.sessionStorage.removeItem(tokenKey)
    report('gone')
  }
  socket.addEventListener('open', () => report('open'))
  socket.addEventListener('close', () => void close())
  return socket
}

export async function socketLink(page: Window, report: (connection: Connection) => void): Promise<Link> {
  const token = await findToken(page)
  if (token === null) {
    report('gone')
    // No call can be answered without a session, and the page says so instead of failing each one.
    return { call: () => new Promise(() => undefined) }
  }
  const websocket = openSocket(page, token, report)
  return new RPCLink<CallContext>({
    websocket: websocket as Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'send' | 'readyState'>,
    plugins: [retryPlugin()],
  })
}
