import { Pool } from 'undici'
import { guardedLookup } from './address-guard.ts'
import type { UpstreamTimeouts } from './limits.ts'

/** The connections to every provider, a pool an address; one that rests holds none. */
export interface Origins {
  of(origin: string): Pool
  /** Cuts what is under way and closes every connection. */
  destroy(): Promise<void>
}

/** More than anybody has providers: addresses of models that were edited since are let go. */
const maxOrigins = 64

export function createOrigins({ connectMs }: UpstreamTimeouts, ca: readonly string[] | undefined): Origins {
  const pools = new Map<string, Pool>()
  const leaving = new Set<Pool>()

  function open(origin: string): Pool {
    const pool = new Pool(origin, {
      allowH2: false,
      connect: {
        timeout: connectMs,
        lookup: guardedLookup,
        // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED changes nothing.
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ...(ca ? { ca: [...ca] } : {}),
      },
    })
    pools.set(origin, pool)
    return pool
  }

  /** What is under way there ends first. */
  function letGoOfOldest() {
    const [oldest] = pools
    if (!oldest) return
    const [origin, pool] = oldest
    pools.delete(origin)
    leaving.add(pool)
    void pool.close().finally(() => leaving.delete(pool))
  }

  return {
    of(origin) {
      const known = pools.get(origin)
      if (known) return known
      if (pools.size >= maxOrigins) letGoOfOldest()
      return open(origin)
    },
    async destroy() {
      await Promise.all([...pools.values(), ...leaving].map((pool) => pool.destroy()))
      pools.clear()
    },
  }
}
