/** Where connections to providers are made through. */
export interface Proxy {
  readonly kind: 'http' | 'https' | 'socks5'
  /** Without brackets. */
  readonly hostname: string
  readonly port: number
  /** Read for each connection, and held by nobody; null where the proxy asks for none. */
  readonly credentials: () => ProxyCredentials | null
}

export interface ProxyCredentials {
  readonly user: string
  readonly password: string
}

/** The proxy to an origin, or null where it is reached directly. */
export type ProxyFor = (origin: string) => Proxy | null

const codes = {
  'proxy-unreachable': 'KEYWHEEL_PROXY_UNREACHABLE',
  'proxy-auth': 'KEYWHEEL_PROXY_AUTH',
  'proxy-refused': 'KEYWHEEL_PROXY_REFUSED',
} as const

export type ProxyCause = keyof typeof codes

/** The proxy's fault, told apart from the provider's: no key is to blame for it. Its message is ours. */
export class ProxyFault extends Error {
  override readonly name = 'ProxyFault'
  readonly code: (typeof codes)[ProxyCause]
  readonly reason: ProxyCause

  constructor(reason: ProxyCause) {
    super(reason)
    this.reason = reason
    this.code = codes[reason]
  }
}

/** A host and a port as a request for a tunnel names them. */
export interface Endpoint {
  readonly hostname: string
  readonly port: number
}
