// Only a program that knows this address by its own name and sends no trace of a web page gets as far as its token.
import { isOriginForm } from '../../loopback/origin-form.ts'
import type { Arrival } from './arrival.ts'

export interface Refusal {
  readonly status: 400 | 403 | 405 | 415 | 421 | 431
  readonly code: string
  readonly message: string
}

const refusal = (status: Refusal['status'], code: string, message: string): Refusal => ({ status, code, message })

const otherHost = refusal(421, 'other_host', 'This is not an address of Keywheel. Use http://127.0.0.1 and its port.')
const badTarget = refusal(400, 'bad_target', 'The request line must hold a plain path.')
const tooManyHeaders = refusal(431, 'too_many_headers', 'The request has too many headers.')
const preflight = refusal(403, 'preflight', 'Web pages may not use the gateway.')
const method = refusal(405, 'method', 'Only GET, HEAD and POST are answered here.')
const webPage = refusal(403, 'web_page', 'Web pages may not use the gateway.')
const mediaType = refusal(415, 'media_type', 'Send the body as application/json, or as multipart/form-data.')

/** The names this gateway answers to. Port and brackets belong to them: another port is another program. */
export const hostsOf = (port: number, hasIpv6: boolean): ReadonlySet<string> =>
  new Set([`127.0.0.1:${port}`, `localhost:${port}`, ...(hasIpv6 ? [`[::1]:${port}`] : [])])

/**
 * The checks before the token, in this order. After the bounds Host comes first, because a page that rebinds a name to this machine
 * sends no Origin and no Sec-Fetch header with a GET, and only its Host gives it away.
 */
export function refuseArrival(arrival: Arrival, hosts: ReadonlySet<string>, maxHeaders: number): Refusal | null {
  if (arrival.headerCount > maxHeaders) return tooManyHeaders
  if (arrival.host === null || !hosts.has(arrival.host)) return otherHost
  if (!isOriginForm(arrival.target)) return badTarget
  if (arrival.method === 'OPTIONS') return preflight
  if (!isMethod(arrival.method)) return method
  // Programs send none; there is no page that may use the gateway, and so none to name in an answer.
  if (arrival.hasOrigin) return webPage
  for (const site of arrival.fetchSites) if (site !== 'same-origin' && site !== 'none') return webPage
  return null
}

const isMethod = (name: string) => name === 'POST' || name === 'GET' || name === 'HEAD'

/** After the token. What a form or a `no-cors` request can send by itself is no JSON. */
export function refuseContentType({ hasBody, contentType }: Arrival): Refusal | null {
  if (!hasBody || contentType === 'application/json') return null
  return /^(?:application\/json|multipart\/form-data)\s*(?:;|$)/i.test(contentType) ? null : mediaType
}

const bearer = /^bearer +([\x21-\x7e]{1,256})$/i

/** As OpenAI's clients present it, or as Anthropic's do. */
export function presentedToken({ authorization, apiKey }: Arrival): string | null {
  const [, token] = (authorization !== null && bearer.exec(authorization)) || []
  return token ?? apiKey
}
