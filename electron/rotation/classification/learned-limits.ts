import type { LearnedLimits } from '../outcome.ts'
import type { Headers } from '../wire-failure.ts'
import { parseDecimal, parseDurationMs } from './duration.ts'

/** What the provider's headers say about the limits of this key, or null when they say nothing. */
export function learnLimits(headers: Headers, wallMs: number): LearnedLimits | null {
  if (!saysSomething(headers)) return null
  const anthropic = 'anthropic-ratelimit'
  const limits: LearnedLimits = {
    requestsRemaining: remaining(headers, ['x-ratelimit-remaining-requests', `${anthropic}-requests-remaining`]),
    requestsResetMs: reset(headers, ['x-ratelimit-reset-requests', `${anthropic}-requests-reset`], wallMs),
    // Anthropic's `tokens` header stands for the most restrictive of its token limits; input and output come apart too.
    tokensRemaining: least(
      remaining(headers, ['x-ratelimit-remaining-tokens', `${anthropic}-tokens-remaining`]),
      remaining(headers, [`${anthropic}-input-tokens-remaining`]),
      remaining(headers, [`${anthropic}-output-tokens-remaining`]),
    ),
    tokensResetMs: tokensReset(headers, wallMs),
    organisation: organisation(headers),
  }
  return Object.values(limits).some((value) => value !== null) ? limits : null
}

/** Most answers of most providers say nothing of limits, and then no name has to be looked up. */
function saysSomething(headers: Headers): boolean {
  for (const name in headers) {
    if (name.startsWith('x-ratelimit-') || name.startsWith('anthropic-') || name === 'openai-organization') return true
  }
  return false
}

/** How long until the limit that stands at 0 is reset; the later one when both do. */
export function resetOfSpentLimitMs(limits: LearnedLimits | null): number | null {
  if (!limits) return null
  const resets: number[] = []
  if (limits.requestsRemaining === 0 && limits.requestsResetMs !== null) resets.push(limits.requestsResetMs)
  if (limits.tokensRemaining === 0 && limits.tokensResetMs !== null) resets.push(limits.tokensResetMs)
  return resets.length > 0 ? Math.max(...resets) : null
}

function tokensReset(headers: Headers, wallMs: number) {
  const anthropic = 'anthropic-ratelimit'
  for (const kind of ['input-tokens', 'output-tokens']) {
    if (remaining(headers, [`${anthropic}-${kind}-remaining`]) === 0) {
      return reset(headers, [`${anthropic}-${kind}-reset`], wallMs)
    }
  }
  return reset(headers, ['x-ratelimit-reset-tokens', `${anthropic}-tokens-reset`], wallMs)
}

function organisation(headers: Headers) {
  const name = headers['openai-organization'] ?? headers['anthropic-organization-id'] ?? ''
  return /^[\x21-\x7e]{1,128}$/.test(name) ? name : null
}

function remaining(headers: Headers, names: readonly string[]) {
  for (const name of names) {
    const value = parseDecimal(headers[name])
    if (value !== null) return value
  }
  return null
}

/** OpenAI sends a duration (`1m30s`, or bare seconds from imitators), Anthropic an RFC 3339 time. */
function reset(headers: Headers, names: readonly string[], wallMs: number) {
  for (const name of names) {
    const text = headers[name]
    if (text === undefined) continue
    const seconds = parseDecimal(text)
    if (seconds !== null) return untilMs(seconds, wallMs)
    const durationMs = parseDurationMs(text)
    if (durationMs !== null) return durationMs
    const atMs = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN
    if (!Number.isNaN(atMs)) return Math.max(0, atMs - wallMs)
  }
  return null
}

/** A bare number is seconds; one too large for a wait is a time since the epoch, in seconds or in milliseconds. */
export function untilMs(value: number, wallMs: number) {
  if (value >= 1e11) return Math.max(0, value - wallMs)
  if (value >= 1e9) return Math.max(0, value * 1000 - wallMs)
  return Math.ceil(value * 1000)
}

function least(...values: readonly (number | null)[]) {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? Math.min(...known) : null
}
