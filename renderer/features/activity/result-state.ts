import type { KeyStateKind } from '../../../shared/key.ts'
import type { RequestView } from '../../../shared/request.ts'

/** The shape and the colour that a request's result shares with the states of keys. */
export const stateOfResult: Record<RequestView['result'], KeyStateKind> = {
  running: 'probing',
  parked: 'cooling',
  served: 'ready',
  failed: 'rejected',
  cancelled: 'paused',
}
