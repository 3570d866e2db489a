import { RPCLink } from '@orpc/client/message-port'
import { retryPlugin, type CallContext, type Link } from './client.ts'
import type { Connection } from './connection-store.ts'

const announcement = 'keywheel:port'
/** The preload asks main for a port when it hears this, so that none is handed over before the page listens. */
const listening = 'keywheel:listening'

/** Waits for the message port that Electron's preload passes on. Only this very window may hand one over. */
function receivePort(page: Window): Promise<MessagePort> {
  return new Promise((resolve) => {
    const listen = (event: MessageEvent<unknown>) => {
      const port = event.ports[0]
      if (event.source !== page || event.data !== announcement || port === undefined) return
      page.removeEventListener('message', listen)
      resolve(port)
    }
    page.addEventListener('message', listen)
    page.postMessage(listening, page.location.origin)
  })
}

export async function portLink(page: Window, report: (connection: Connection) => void): Promise<Link> {
  const port = await receivePort(page)
  port.start()
  report('open')
  return new RPCLink<CallContext>({ port, plugins: [retryPlugin()] })
}
