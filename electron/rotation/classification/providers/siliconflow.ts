import type { FamilyRules } from '../verdict.ts'

/** SiliconFlow answers `{code, message, data}`, `{message, data}` or a bare string. */
export const siliconflow: FamilyRules = {
  codes: {
    '20012': 'caller-fault',
    '20015': 'caller-fault',
    '20041': 'caller-fault',
    '30001': 'exhausted',
    '30003': 'not-allowed',
    '30011': 'not-allowed',
    '50501': 'upstream-failed',
    '50505': 'upstream-failed',
    '50507': 'upstream-failed',
    '50508': 'upstream-failed',
    '60000': 'upstream-failed',
  },
  texts: [
    { verdict: 'exhausted', statuses: [400, 402, 403], pattern: /account balance is insufficient/i },
    {
      verdict: 'not-allowed',
      statuses: [403],
      pattern: /real[- ]?name|verif(?:y|ied|ication) (?:your )?identity|实名/i,
    },
    { verdict: 'rejected', statuses: [401, 403], pattern: /invalid token|api key is invalid/i },
  ],
}
