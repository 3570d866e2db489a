import { asRecord, detailsOf, type ProviderError } from '../provider-error.ts'
import { retryInfoMs } from '../retry-after.ts'
import type { FamilyRules, Verdict } from '../verdict.ts'

/**
 * Gemini says RESOURCE_EXHAUSTED and "You exceeded your current quota" both for a busy minute and for a spent day:
 * the quotaId of its QuotaFailure tells them apart, and failing that a RetryInfo means the minute.
 */
export const gemini: FamilyRules = {
  codes: {
    api_key_invalid: 'rejected',
    api_key_service_blocked: 'rejected',
    api_key_http_referrer_blocked: 'rejected',
    api_key_ip_address_blocked: 'address-blocked',
    consumer_suspended: 'rejected',
    billing_disabled: 'exhausted',
    service_disabled: 'rejected',
    ratelimitexceeded: 'rate-limited',
    unauthenticated: 'rejected',
    unavailable: 'upstream-failed',
    internal: 'upstream-failed',
    deadline_exceeded: 'upstream-failed',
  },
  decide: ({ error }) => (error.codes.includes('RESOURCE_EXHAUSTED') ? quotaVerdict(error) : null),
  texts: [
    { verdict: 'address-blocked', statuses: [400, 403], pattern: /user location is not supported/i },
    {
      verdict: 'rejected',
      statuses: [400, 403],
      pattern: /api key (?:not valid|expired|not found)|reported as leaked/i,
    },
    {
      verdict: 'exhausted',
      statuses: [429],
      pattern: /prepayment credits are depleted|exceeded its (?:monthly )?spending cap/i,
    },
  ],
}

function quotaVerdict(error: ProviderError): Verdict {
  const ids = detailsOf(error.raw).flatMap((detail) => {
    const violations = detail['violations']
    return Array.isArray(violations) ? violations.map((violation) => asRecord(violation)?.['quotaId']) : []
  })
  const texts = ids.filter((id) => typeof id === 'string')
  if (texts.some((id) => /PerDay/i.test(id))) return 'exhausted'
  if (texts.some((id) => /PerMinute/i.test(id)) || retryInfoMs(error) !== null) return 'rate-limited'
  return /current quota|spending cap|credits are depleted/i.test(error.message ?? '') ? 'exhausted' : 'rate-limited'
}
