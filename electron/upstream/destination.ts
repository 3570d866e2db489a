/** A key goes to its model's host and below its base path, whatever path a client asked for. */
import type { UpstreamTarget } from './wire-attempt.ts'

export interface Destination {
  origin: string
  hostname: string
  path: string
}

/** Null when base and path do not make an address below the base. */
export function destinationOf(target: UpstreamTarget, path: string): Destination | null {
  if (!URL.canParse(target.apiBase) || !isPlainPath(path)) return null
  const base = new URL(target.apiBase)
  if (base.protocol !== 'https:' && base.protocol !== 'http:') return null
  if (base.username || base.password || base.hostname === '') return null
  return {
    origin: base.origin,
    hostname: base.hostname,
    path: base.pathname.replace(/\/+$/, '') + path + azureVersion(base),
  }
}

/** Segments of unreserved characters; none that climbs, and no encoded slash to hide one. */
function isPlainPath(path: string) {
  if (!/^(?:\/[\w.~!$&'()*+,;=:@%-]+)+$/.test(path) || /%(?:2f|5c|2e|00)/i.test(path)) return false
  return !path.split('/').some((segment) => segment === '.' || segment === '..')
}

/** Azure's older addresses name the deployment in the path and want a version; its `/openai/v1` needs none. */
function azureVersion(base: URL) {
  const isDeployment = base.hostname.endsWith('.azure.com') && base.pathname.includes('/openai/deployments/')
  return isDeployment ? '?api-version=2024-10-21' : ''
}
