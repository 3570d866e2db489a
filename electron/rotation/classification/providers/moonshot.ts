import type { FamilyRules } from '../verdict.ts'

/** Moonshot (Kimi): the kind is in `error.type`; an empty balance and an overloaded engine both come as 429. */
export const moonshot: FamilyRules = {
  codes: {
    exceeded_current_quota_error: 'exhausted',
    rate_limit_reached_error: 'rate-limited',
    engine_overloaded_error: 'upstream-failed',
    invalid_authentication_error: 'rejected',
    incorrect_api_key_error: 'rejected',
    access_terminated_error: 'rejected',
    content_filter: 'caller-fault',
    unexpected_output: 'upstream-failed',
  },
  texts: [
    {
      verdict: 'exhausted',
      statuses: [429],
      pattern: /suspended[^.]*(?:balance|billing|recharge)|exceeded[^.]*current[^.]*quota/i,
    },
  ],
}
