import { asRecord, detailsOf, type ProviderError } from './provider-error.ts'
import { retryInfoMs } from './retry-after.ts'
import type { Verdict } from './verdict.ts'

/**
 * Google says RESOURCE_EXHAUSTED and "You exceeded your current quota" both for a busy minute and for a spent day:
 * the quotaId of its QuotaFailure tells them apart, and failing that a RetryInfo means the minute. Relays pass such
 * errors on, so every family is asked.
 */
export function googleQuotaVerdict(error: ProviderError): Verdict | null {
  if (!error.codes.includes('RESOURCE_EXHAUSTED')) return null
  const ids = detailsOf(error.raw).flatMap((detail) => {
    const violations = detail['violations']
    return Array.isArray(violations) ? violations.map((violation) => asRecord(violation)?.['quotaId']) : []
  })
  const texts = ids.filter((id) => typeof id === 'string')
  if (texts.some((id) => /PerDay/i.test(id))) return 'exhausted'
  if (texts.some((id) => /PerMinute/i.test(id)) || retryInfoMs(error) !== null) return 'rate-limited'
  return /current quota|spending cap|credits are depleted/i.test(error.message ?? '') ? 'exhausted' : 'rate-limited'
}
