import { asRecord, type ProviderError } from '../provider-error.ts'
import { untilMs } from '../learned-limits.ts'
import type { FamilyRules } from '../verdict.ts'

/** OpenRouter repeats the HTTP status as `error.code`, also inside a 200, and explains itself in `metadata`. */
export const openrouter: FamilyRules = {
  decide({ error, status }) {
    const metadata = asRecord(error.raw['metadata'])
    if (Array.isArray(metadata?.['reasons']) || typeof metadata?.['flagged_input'] === 'string') return 'caller-fault'
    if (status === 429 && /free-models-per-day|-per-day\b/.test(error.message ?? '')) return 'exhausted'
    return null
  },
  texts: [
    {
      verdict: 'exhausted',
      statuses: [401, 402, 403],
      pattern: /key limit exceeded|requires more credits|insufficient credits/i,
    },
    { verdict: 'not-allowed', statuses: [404], pattern: /no (?:allowed providers|endpoints)/i },
  ],
  /** The daily limit of free models: its reset is a header quoted in the body, in milliseconds since the epoch. */
  quotaResetMs(error: ProviderError, wallMs) {
    const headers = asRecord(asRecord(error.raw['metadata'])?.['headers'])
    const reset = Number(headers?.['X-RateLimit-Reset'])
    return Number.isFinite(reset) && reset > 0 ? untilMs(reset, wallMs) : null
  },
}
