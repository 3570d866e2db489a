import type { FamilyRules } from '../verdict.ts'

/** Anthropic: an empty balance and a spent monthly limit come as 400 invalid_request_error, told apart by text only. */
export const anthropic: FamilyRules = {
  codes: { overloaded_error: 'upstream-failed', billing_error: 'exhausted' },
  texts: [
    // What its edge answers to addresses of unsupported regions: {"type":"forbidden","message":"Request not allowed"}.
    { verdict: 'address-blocked', statuses: [403], pattern: /^request not allowed$/i },
    {
      verdict: 'exhausted',
      statuses: [400, 403, 429],
      pattern: /credit balance is too low|reached your specified API usage limits/i,
    },
    {
      verdict: 'rejected',
      statuses: [400, 403],
      pattern: /organization has been disabled|oauth (?:token|authentication)[^.]*(?:revoked|not supported)/i,
    },
  ],
  quotaResetMs(error, wallMs) {
    const day = /regain access on (\d{4}-\d\d-\d\d)(?: at (\d\d:\d\d) UTC)?/.exec(error.message ?? '')
    const atMs = day ? Date.parse(`${day[1]}T${day[2] ?? '00:00'}:00Z`) : Number.NaN
    return Number.isNaN(atMs) ? null : Math.max(0, atMs - wallMs)
  },
}
