import { buildConnector, Pool } from 'undici'
import { guardedLookup } from './address-guard.ts'
import { unbracketed } from './hostname.ts'
import type { UpstreamTimeouts } from './limits.ts'
import type { ProxyFor } from './proxy/proxy.ts'
import { createProxyConnector, type Connector } from './proxy/proxy-connector.ts'

/** The connections to every provider, a pool an address; one that rests holds none. */
export interface Origins {
  of(origin: string): Pool
  /** Every address is connected anew, by the way that leads there now; what is under way ends first. */
  reroute(): void
  /** Connects and asks nothing; rejects with what was in the way. */
  reach(origin: string): Promise<void>
  /** Cuts what is under way and closes every connection. */
  destroy(): Promise<void>
}

/** More than anybody has providers: addresses of models that were edited since are let go. */
const maxOrigins = 64

export function createOrigins(
  { connectMs }: UpstreamTimeouts,
  ca: readonly string[] | undefined,
  proxyFor: ProxyFor = () => null,
): Origins {
  const pools = new Map<string, Pool>()
  const leaving = new Set<Pool>()

  const options = {
    timeout: connectMs,
    allowH2: false,
    lookup: guardedLookup,
    // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED changes nothing.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(ca ? { ca: [...ca] } : {}),
  } as const

  function connectorTo(origin: string): Connector {
    const proxy = proxyFor(origin)
    return proxy ? createProxyConnector(proxy, options) : buildConnector(options)
  }

  function open(origin: string): Pool {
    const pool = new Pool(origin, { allowH2: false, connect: connectorTo(origin) })
    pools.set(origin, pool)
    return pool
  }

  /** What is under way there ends first. */
  function letGo([origin, pool]: readonly [string, Pool]) {
    pools.delete(origin)
    leaving.add(pool)
    const gone = () => void leaving.delete(pool)
    // It is destroyed when the application ends before that.
    pool.close().then(gone, gone)
  }

  function letGoOfOldest() {
    const [oldest] = pools
    if (oldest) letGo(oldest)
  }

  return {
    of(origin) {
      const known = pools.get(origin)
      if (known) return known
      if (pools.size >= maxOrigins) letGoOfOldest()
      return open(origin)
    },
    reroute() {
      for (const one of pools) letGo(one)
    },
    reach: (origin) =>
      new Promise((resolve, reject) => {
        const { protocol, hostname, host, port } = new URL(origin)
        const name = unbracketed(hostname)
        connectorTo(origin)({ protocol, hostname: name, host, port }, (error, socket) => {
          if (error !== null) return reject(error)
          socket.destroy()
          return resolve()
        })
      }),
    async destroy() {
      await Promise.all([...pools.values(), ...leaving].map((pool) => pool.destroy()))
      pools.clear()
    },
  }
}
