import type { OutcomeView } from './outcome.ts'

/** What is known of an attempt that was ended before anybody heard what came of it. */
export const cutOff: OutcomeView = {
  kind: 'cancelled',
  status: null,
  cause: null,
  providerCode: null,
  providerMessage: null,
  retryAfterMs: null,
}
