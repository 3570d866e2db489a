import type { ProviderFamily } from '../rotation/classification/verdict.ts'
import { isForbiddenHost } from './address-guard.ts'
import { destinationOf, type Destination } from './destination.ts'
import { providerFamily } from './providers/family.ts'
import type { UpstreamTarget } from './wire-attempt.ts'

export interface Route {
  /** Null when base and path make no address below the base. */
  destination: Destination | null
  family: ProviderFamily
  isForbidden: boolean
}

const maxRemembered = 256

/** Works out where a target leads, once: taking a URL apart costs more than all other checks of a request. */
export function createRoutes(): (target: UpstreamTarget, path: string) => Route {
  const known = new Map<string, Route>()
  return (target, path) => {
    const name = `${target.apiBase}\n${path}\n${target.provider ?? ''}`
    const found = known.get(name)
    if (found) return found
    const destination = destinationOf(target, path)
    const isForbidden = destination !== null && isForbiddenHost(destination.hostname)
    const route = { destination, isForbidden, family: providerFamily(target.provider, target.apiBase) }
    if (known.size >= maxRemembered) known.clear()
    known.set(name, route)
    return route
  }
}
