import type { FamilyRules } from '../verdict.ts'

/** Gemini, natively and behind its OpenAI endpoint, which wraps the error into a list. Its quotas: see google-quota.ts. */
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
