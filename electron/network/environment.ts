import { readProxyAddress, type ProxyAddress } from './proxy-address.ts'

/** What the environment says of proxies, read once; names in small letters win, as they do elsewhere. */
export interface ProxyEnvironment {
  readonly https: ProxyAddress | null
  readonly http: ProxyAddress | null
  readonly direct: readonly string[]
}

type Variables = Readonly<Record<string, string | undefined>>

export function readProxyEnvironment(variables: Variables): ProxyEnvironment {
  const valueOf = (name: string) => (variables[name.toLowerCase()] ?? variables[name])?.trim() ?? ''
  const address = (...names: readonly string[]) => {
    const found = readProxyAddress(names.map(valueOf).find((value) => value !== '') ?? '')
    return typeof found === 'string' ? null : found
  }
  return {
    https: address('HTTPS_PROXY', 'ALL_PROXY'),
    http: address('HTTP_PROXY', 'ALL_PROXY'),
    direct: valueOf('NO_PROXY')
      .split(/[\s,]+/)
      .filter((entry) => entry !== ''),
  }
}
