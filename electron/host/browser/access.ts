import { isOriginForm } from '../../loopback/origin-form.ts'

/**
 * A request is answered only when it is addressed to exactly this host, and when it comes from this host's own page or
 * from no page at all. The checks run in a fixed order, Host first: a rebinding page sends no Origin and no Sec-Fetch
 * header with a GET, and only its Host gives it away. Nothing is looked up before they have passed.
 */
export interface Arrival {
  readonly method: string
  /** As it stood in the request line. */
  readonly target: string
  /** Names and values in turn, as they arrived; a header that came twice is there twice. */
  readonly rawHeaders: readonly string[]
}

export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'refused'; readonly status: 400 | 403 | 405 | 421; readonly reason: Refusal }

export type Refusal = 'other-host' | 'bad-target' | 'preflight' | 'method' | 'origin' | 'fetch-site'

const readingMethods = new Set(['GET', 'HEAD'])
const writingMethods = new Set(['POST', 'DELETE'])

/** The one address this server answers to. Port 80 is left out of it, as browsers do. */
export const originOf = (port: number): string => new URL(`http://127.0.0.1:${port}`).origin

export function checkRequest(arrival: Arrival, origin: string): Verdict {
  return (
    checkHost(arrival, origin) ??
    checkMethod(arrival.method) ??
    checkOrigin(arrival, origin, writingMethods.has(arrival.method)) ??
    checkFetchSite(arrival, writingMethods.has(arrival.method)) ?? { kind: 'passed' }
  )
}

/** A WebSocket is not held to the same-origin policy by the browser, so its Origin is required here. */
export function checkUpgrade(arrival: Arrival, origin: string): Verdict {
  return (
    checkHost(arrival, origin) ??
    (arrival.method === 'GET' ? undefined : refuse(405, 'method')) ??
    checkOrigin(arrival, origin, true) ??
    checkFetchSite(arrival, true) ?? { kind: 'passed' }
  )
}

const refuse = (status: 400 | 403 | 405 | 421, reason: Refusal): Verdict => ({ kind: 'refused', status, reason })

/** Every value of the header, in order of arrival. */
export function headerValues(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)
}

function checkHost({ target, rawHeaders }: Arrival, origin: string): Verdict | undefined {
  const hosts = headerValues(rawHeaders, 'host')
  if (hosts.length !== 1 || hosts[0] !== new URL(origin).host) return refuse(421, 'other-host')
  return isOriginForm(target) ? undefined : refuse(400, 'bad-target')
}

function checkMethod(method: string): Verdict | undefined {
  if (method === 'OPTIONS') return refuse(403, 'preflight')
  return readingMethods.has(method) || writingMethods.has(method) ? undefined : refuse(405, 'method')
}

function checkOrigin({ rawHeaders }: Arrival, origin: string, required: boolean): Verdict | undefined {
  const origins = headerValues(rawHeaders, 'origin')
  if (origins.length === 0 && !required) return undefined
  return origins.length === 1 && origins[0] === origin ? undefined : refuse(403, 'origin')
}

/** `none` is an address that was typed or opened from outside a page; nobody writes that way. */
function checkFetchSite({ rawHeaders }: Arrival, writes: boolean): Verdict | undefined {
  const allowed = writes ? ['same-origin'] : ['same-origin', 'none']
  return headerValues(rawHeaders, 'sec-fetch-site').every((site) => allowed.includes(site))
    ? undefined
    : refuse(403, 'fetch-site')
}
