import { isIP } from 'node:net'
import { Failure, type FailureData } from '../../shared/failure.ts'
import { isForbiddenHost } from '../upstream/address-guard.ts'

type Reason = FailureData<'API_BASE_REFUSED'>['reason']

/** The names of the address that answers with the machine's own credentials. */
const metadataName = /^metadata(\.google\.internal)?\.?$/i

/**
 * Checks a base URL and returns it without trailing slashes. Plain HTTP is for this machine and private networks only,
 * where Ollama and its like run; user info, query and fragment never belong in one.
 */
export function parseApiBase(text: string): { url: string; host: string } {
  const parsed = URL.canParse(text.trim()) ? new URL(text.trim()) : refuse('not-a-url')
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') refuse('scheme')
  if (!/^https?:\/\//i.test(text.trim())) refuse('not-a-url')
  if (parsed.username || parsed.password) refuse('user-info')
  if (parsed.search) refuse('query')
  if (parsed.hash) refuse('fragment')
  if (parsed.port === '0') refuse('port')
  if (parsed.hostname === '' || metadataName.test(parsed.hostname) || isForbiddenHost(parsed.hostname)) {
    refuse('forbidden-host')
  }
  if (parsed.protocol === 'http:' && !isPrivateHost(parsed.hostname)) refuse('plain-http')
  // An empty query or fragment is left out: `?` and `#` alone are not in `search` and `hash`.
  return { url: (parsed.origin + parsed.pathname).replace(/\/+$/, ''), host: parsed.host }
}

export function hostOf(apiBase: string): string {
  return URL.canParse(apiBase) ? new URL(apiBase).host : ''
}

/** Loopback, RFC 1918 and RFC 4193 addresses, and names that only a local network resolves (RFC 6761, RFC 6762). */
function isPrivateHost(hostname: string): boolean {
  const name = hostname.toLowerCase()
  if (name.startsWith('[')) return name === '[::1]' || /^\[f[cd]/.test(name)
  if (isIP(name) === 4) return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(name)
  return name === 'localhost' || /\.(localhost|local|internal|lan|home\.arpa)$/.test(name) || !name.includes('.')
}

function refuse(reason: Reason): never {
  throw new Failure('API_BASE_REFUSED', { reason })
}
