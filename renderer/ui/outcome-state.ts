import type { KeyStateKind } from '../../shared/key.ts'
import type { OutcomeKind } from '../../shared/outcome.ts'

/** The colour and shape an outcome borrows from the state it puts a key into, or would look like. */
export const stateOfOutcome: Record<OutcomeKind, KeyStateKind> = {
  served: 'ready',
  cancelled: 'paused',
  'address-blocked': 'host-held',
  'caller-fault': 'expired',
  'not-allowed': 'not-allowed',
  exhausted: 'exhausted',
  'rate-limited': 'cooling',
  'upstream-failed': 'at-limit',
  rejected: 'rejected',
  'broken-stream': 'at-limit',
}
