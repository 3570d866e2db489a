import type { OutcomeView } from '../../shared/outcome.ts'
import type { Outcome } from '../rotation/outcome.ts'

/** An outcome as events and people see it. */
export function outcomeView(outcome: Outcome): OutcomeView {
  const { kind, status, providerCode, providerMessage } = outcome
  return { kind, status, providerCode, providerMessage, cause: causeOf(outcome), retryAfterMs: retryAfterOf(outcome) }
}

function causeOf(outcome: Outcome): OutcomeView['cause'] {
  return outcome.kind === 'upstream-failed' || outcome.kind === 'broken-stream' ? outcome.cause : null
}

function retryAfterOf(outcome: Outcome): number | null {
  if (outcome.kind === 'exhausted') return outcome.resetAfterMs
  return outcome.kind === 'rate-limited' || outcome.kind === 'upstream-failed' ? outcome.retryAfterMs : null
}
