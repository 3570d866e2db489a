import type { ListedModel } from '../models/models.ts'
import { isGatewayAddress } from '../gateway/own-address.ts'
import type { Clock } from '../rotation/clock.ts'
import { createUpstream, type RoutedUpstream, type UpstreamDeps } from '../upstream/upstream.ts'
import { readProxyEnvironment } from './environment.ts'
import { createNetwork, type Network, type NetworkDeps } from './network.ts'

export interface OpenNetworkDeps extends Pick<NetworkDeps, 'settings' | 'vault' | 'gate'> {
  /** Where a proxy of the system is looked for, once. */
  environment: Readonly<Record<string, string | undefined>>
  clock: Clock
  upstream: UpstreamDeps
  gatewayPort: () => number
  models: () => readonly Pick<ListedModel, 'model' | 'origin'>[]
}

/** What goes out, and the ways it takes. */
export function openNetwork(deps: OpenNetworkDeps): { upstream: RoutedUpstream; network: Network } {
  const { gatewayPort, models, environment, ...rest } = deps
  const network: Network = createNetwork({
    ...rest,
    environment: readProxyEnvironment(environment),
    isOwnHost: (host) => isGatewayAddress(host, gatewayPort()),
    upstream: () => upstream,
    // The simulator is in this process, and no way leads there.
    origins: () => models().flatMap(({ model, origin }) => (origin === 'vault' ? [new URL(model.apiBase).origin] : [])),
  })
  const upstream = createUpstream({ ...deps.upstream, proxyFor: network.proxyFor })
  return { upstream, network }
}
