// A connection to a provider through a proxy: TLS is made with the provider, inside the tunnel, so that the proxy sees
// neither key nor text of an https provider.
import { buildConnector } from 'undici'
import type { Socket } from 'node:net'
import { authorityOf } from '../hostname.ts'
import { openHttpTunnel } from './http-tunnel.ts'
import { ProxyFault, type Endpoint, type Proxy } from './proxy.ts'
import { openSocksTunnel } from './socks-tunnel.ts'

export type Connector = buildConnector.connector
type Target = buildConnector.Options

/** `timeout`: until the provider is connected. */
export type ConnectorOptions = buildConnector.BuildOptions & { timeout: number }

/** The proxy's part of that: so that its silence is told apart from the provider's. */
const proxyShare = 0.8

export function createProxyConnector(proxy: Proxy, options: ConnectorOptions): Connector {
  const tunnelMs = options.timeout * proxyShare
  const toProxy = buildConnector({ ...options, timeout: tunnelMs })
  const toProvider = buildConnector(options)

  async function connect(target: Target): Promise<Socket> {
    const socket = await tunnel(toProxy, proxy, endpointOf(target), tunnelMs)
    if (target.protocol !== 'https:') return socket
    return called(toProvider, { ...target, httpSocket: socket })
  }

  return (target, callback) => void tell(connect(target), callback)
}

async function tell(connecting: Promise<Socket>, callback: buildConnector.Callback): Promise<void> {
  let socket: Socket
  try {
    socket = await connecting
  } catch (error) {
    return callback(error instanceof Error ? error : new ProxyFault('proxy-unreachable'), null)
  }
  return callback(null, socket)
}

const endpointOf = ({ hostname, port, protocol }: Target): Endpoint => ({
  hostname,
  port: Number(port) || (protocol === 'https:' ? 443 : 80),
})

/** Whatever goes wrong up to here is the proxy's fault. */
async function tunnel(toProxy: Connector, proxy: Proxy, endpoint: Endpoint, timeoutMs: number): Promise<Socket> {
  const { hostname, kind } = proxy
  const protocol = kind === 'https' ? 'https:' : 'http:'
  const host = authorityOf(proxy)
  const socket = await called(toProxy, { hostname, host, protocol, port: String(proxy.port) }).catch(unreachable)
  const timer = setTimeout(() => socket.destroy(), timeoutMs)
  try {
    const open = kind === 'socks5' ? openSocksTunnel : openHttpTunnel
    await open(socket, endpoint, proxy.credentials())
    return socket
  } catch (error) {
    socket.destroy()
    throw error instanceof ProxyFault ? error : new ProxyFault('proxy-unreachable')
  } finally {
    clearTimeout(timer)
  }
}

function unreachable(): never {
  throw new ProxyFault('proxy-unreachable')
}

const called = (connector: Connector, target: Target): Promise<Socket> =>
  new Promise((resolve, reject) => {
    connector(target, (error, socket) => (error === null ? resolve(socket) : reject(error)))
  })
