/** No provider's word holds a key for longer than an hour: a larger one is a mistake or malice. */
import type { LearnedLimits } from '../outcome.ts'
import type { Headers } from '../wire-failure.ts'
import { parseDecimal, parseDurationMs } from './duration.ts'
import { resetOfSpentLimitMs } from './learned-limits.ts'
import { detailsOf, type ProviderError } from './provider-error.ts'

export const maxRetryAfterMs = 3_600_000

/**
 * The wait that the provider announced, capped to an hour, or null when it said nothing usable. In order:
 * retry-after-ms and x-ms-retry-after-ms, Retry-After, Google's RetryInfo, the reset of the limit that is at 0,
 * and at last the sentence "try again in 7m12s". A time in the past is 0: announced, and over.
 */
export function retryAfterMs(
  headers: Headers,
  error: ProviderError | null,
  limits: LearnedLimits | null,
  wallMs: number,
): number | null {
  const waitMs =
    parseDecimal(headers['retry-after-ms']) ??
    parseDecimal(headers['x-ms-retry-after-ms']) ??
    parseRetryAfter(headers['retry-after'], wallMs) ??
    (error && retryInfoMs(error)) ??
    resetOfSpentLimitMs(limits) ??
    (error && sentenceMs(error))
  return waitMs === null ? null : Math.min(Math.ceil(waitMs), maxRetryAfterMs)
}

/** RFC 9110 §10.2.3: seconds or an HTTP date. */
function parseRetryAfter(text: string | undefined, wallMs: number): number | null {
  if (text === undefined) return null
  const seconds = parseDecimal(text)
  if (seconds !== null) return seconds * 1000
  if (!/^[A-Za-z]{3,9},? \d{2}[ -][A-Za-z]{3}[ -]\d{2,4} \d\d:\d\d:\d\d GMT$/.test(text.trim())) return null
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - wallMs)
}

/** Google's `google.rpc.RetryInfo`: `retryDelay` as a protobuf duration. */
export function retryInfoMs(error: ProviderError): number | null {
  for (const detail of detailsOf(error.raw)) {
    const delay = detail['retryDelay']
    if (typeof delay === 'string') return parseDurationMs(delay)
  }
  return null
}

function sentenceMs(error: ProviderError): number | null {
  const said = /(?:try again|retry) (?:in|after) (\d+(?:\.\d+)?)\s?(seconds?|minutes?|(?:ms|[hms])[\dhms.]*)/i.exec(
    error.message?.slice(0, 2_000) ?? '',
  )
  if (!said) return null
  const [, amount, unit = ''] = said
  if (/^seconds?$/i.test(unit)) return Number(amount) * 1000
  if (/^minutes?$/i.test(unit)) return Number(amount) * 60_000
  return parseDurationMs(`${amount}${unit.replace(/\.$/, '')}`)
}
