import type { FamilyRules } from '../verdict.ts'

/** OpenAI: `error.type` may still say insufficient_quota when `error.code` names the billing fault more exactly. */
export const openai: FamilyRules = {
  codes: {
    access_terminated: 'rejected',
    invalid_organization: 'rejected',
    invalid_project: 'rejected',
    mismatched_organization: 'rejected',
    mismatched_project: 'rejected',
    billing_hard_limit_reached: 'exhausted',
  },
}
