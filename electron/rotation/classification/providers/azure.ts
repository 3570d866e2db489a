import type { FamilyRules } from '../verdict.ts'

/** Azure OpenAI: codes repeat the HTTP status, or are Azure's own names; a deployment stands for a model. */
export const azure: FamilyRules = {
  codes: {
    deploymentnotfound: 'not-allowed',
    permissiondenied: 'rejected',
    unauthorized: 'rejected',
    invalidsubscriptionkey: 'rejected',
    toomanyrequests: 'rate-limited',
    ratelimitreached: 'rate-limited',
    insufficientquota: 'exhausted',
    quotaexceeded: 'exhausted',
    noavailablecapacity: 'upstream-failed',
    servicetimeout: 'upstream-failed',
    operationnotsupported: 'caller-fault',
  },
  texts: [
    // A firewall rule of the resource: no key of this resource works from here.
    {
      verdict: 'address-blocked',
      statuses: [403],
      pattern: /virtual network\/firewall rules|public access is disabled/i,
    },
    { verdict: 'rate-limited', statuses: [429], pattern: /exceeded (?:call|token) rate limit/i },
  ],
}
