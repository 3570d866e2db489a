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

const maxRemembered = 64

/** Works out where a target leads, once: taking a URL apart costs more than all other checks of a request. */
export function createRoutes(): (target: UpstreamTarget, path: string) => Route {
  const known = new WeakMap<UpstreamTarget, Map<string, Route>>()
  return (target, path) => {
    const ofTarget = known.get(target) ?? new Map<string, Route>()
    const found = ofTarget.get(path)
    if (found) return found
    const destination = destinationOf(target, path)
    const isForbidden = destination !== null && isForbiddenHost(destination.hostname)
    const route = { destination, isForbidden, family: providerFamily(target.provider, target.apiBase) }
    if (ofTarget.size >= maxRemembered) ofTarget.clear()
    known.set(target, ofTarget.set(path, route))
    return route
  }
}
