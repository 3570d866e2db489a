import type { FamilyRules } from '../verdict.ts'

/** DeepSeek puts `invalid_request_error` into `code` even on a 401 or a 402: only status and text tell. */
export const deepseek: FamilyRules = {
  texts: [
    { verdict: 'exhausted', pattern: /insufficient balance/i },
    { verdict: 'rejected', pattern: /authentication fails/i },
  ],
}
