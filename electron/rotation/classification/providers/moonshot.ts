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
  decide({ error, status }) {
    const text = error.message ?? ''
    // Its Anthropic-shaped endpoint calls an overloaded engine a rate_limit_error.
    if (/engine is currently overloaded/i.test(text)) return 'upstream-failed'
    // A day's tokens or requests are spent; the type is the same as for a minute's.
    return status === 429 && /\b[TR]PD\b/.test(text) ? 'exhausted' : null
  },
  texts: [
    { verdict: 'rate-limited', statuses: [403], pattern: /concurrent request limit/i },
    {
      verdict: 'exhausted',
      statuses: [403, 429],
      pattern: /reached (?:your|kimi)[^.]*usage limit|suspended[^.]*(?:balance|billing|recharge)/i,
    },
  ],
}
