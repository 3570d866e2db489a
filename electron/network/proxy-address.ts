import { Failure, type FailureData } from '../../shared/failure.ts'
import { isForbiddenHost } from '../upstream/address-guard.ts'
import { unbracketed } from '../upstream/hostname.ts'
import type { Proxy, ProxyCredentials } from '../upstream/proxy/proxy.ts'

type Reason = FailureData<'PROXY_REFUSED'>['reason']

/** What a proxy's address says; its user and password only where the environment holds them. */
export interface ProxyAddress {
  readonly kind: Proxy['kind']
  readonly hostname: string
  readonly port: number
  /** Without user and password. */
  readonly url: string
  /** What a password is kept for. */
  readonly host: string
  readonly credentials: ProxyCredentials | null
}

const schemes: Readonly<Record<string, { kind: Proxy['kind']; port: number } | undefined>> = {
  'http:': { kind: 'http', port: 80 },
  'https:': { kind: 'https', port: 443 },
  'socks5:': { kind: 'socks5', port: 1080 },
  // The name is resolved by the proxy either way.
  'socks5h:': { kind: 'socks5', port: 1080 },
}

/** The address of a proxy, or why it is none. `http://` may be left out, as in the environment. */
export function readProxyAddress(text: string): ProxyAddress | Reason {
  const typed = text.trim()
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`
  if (typed === '' || !URL.canParse(full)) return 'not-a-url'
  const url = new URL(full)
  const scheme = schemes[url.protocol]
  if (scheme === undefined) return 'scheme'
  if (url.hostname === '' || url.port === '0') return url.hostname === '' ? 'not-a-url' : 'port'
  if (!['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '') return 'path'
  if (isForbiddenHost(url.hostname)) return 'forbidden-host'
  const port = Number(url.port) || scheme.port
  return {
    kind: scheme.kind,
    hostname: unbracketed(url.hostname),
    port,
    url: `${scheme.kind}://${url.hostname}:${port}`,
    host: `${url.hostname}:${port}`,
    credentials: credentialsIn(url),
  }
}

function credentialsIn({ username, password }: URL): ProxyCredentials | null {
  return username === '' && password === '' ? null : { user: decoded(username), password: decoded(password) }
}

/** A stray percent sign means itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A person's own: user and password have fields of their own, where the password can be kept in the vault. */
export function parseProxyAddress(text: string, isOwnHost: (host: string) => boolean): ProxyAddress {
  const address = readProxyAddress(text)
  if (typeof address === 'string') throw refused(address)
  if (address.credentials !== null) throw refused('credentials')
  if (isOwnHost(address.host)) throw refused('own-gateway')
  return address
}

const refused = (reason: Reason): Failure => new Failure('PROXY_REFUSED', { reason })
