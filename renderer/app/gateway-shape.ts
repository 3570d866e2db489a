import type { GatewayStatus } from '../../shared/gateway.ts'
import type { KeyStateKind } from '../../shared/key.ts'

/** The shape and the colour that the gateway's state borrows from a key's. */
export const gatewayShape: Record<GatewayStatus['state']['kind'], KeyStateKind> = {
  off: 'paused',
  starting: 'probing',
  on: 'ready',
  'port-taken': 'rejected',
  failed: 'rejected',
}
