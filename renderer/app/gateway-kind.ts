import type { GatewayStatus } from '../../shared/gateway.ts'
import type { KeyStateKind } from '../../shared/key.ts'
import { useConnection } from './connection-store.ts'

/** What can be said of the gateway: what main reports, or nothing while main cannot be heard. */
export type GatewayKind = GatewayStatus['state']['kind'] | 'unknown'

/** The shape and the colour that it borrows from a key's state. */
export const gatewayShape: Record<GatewayKind, KeyStateKind> = {
  off: 'paused',
  starting: 'probing',
  on: 'ready',
  'port-taken': 'rejected',
  failed: 'rejected',
  unknown: 'host-held',
}

/** What was reported before the connection was lost may be true no longer. */
export const useGatewayKind = (status: GatewayStatus): GatewayKind =>
  useConnection(({ connection }) => (connection === 'lost' ? 'unknown' : status.state.kind))
