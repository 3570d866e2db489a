import { describe, expect, it } from 'vitest'
import { learnLimits } from '../../../electron/rotation/classification/learned-limits.ts'

const wallMs = Date.UTC(2026, 0, 1)
const nothing = {
  requestsRemaining: null,
  requestsResetMs: null,
  tokensRemaining: null,
  tokensResetMs: null,
  organisation: null,
}

describe('limits learnt from headers', () => {
  it('reads OpenAI, whose resets are durations', () => {
    const headers = {
      'x-ratelimit-remaining-requests': '499',
      'x-ratelimit-reset-requests': '120ms',
      'x-ratelimit-remaining-tokens': '29500',
      'x-ratelimit-reset-tokens': '1m0.5s',
      'openai-organization': 'user-abc',
    }
    expect(learnLimits(headers, wallMs)).toEqual({
      requestsRemaining: 499,
      requestsResetMs: 120,
      tokensRemaining: 29_500,
      tokensResetMs: 60_500,
      organisation: 'user-abc',
    })
  })

  it('reads Anthropic, whose resets are times, and takes the tightest of its token limits', () => {
    const headers = {
      'anthropic-ratelimit-requests-remaining': '49',
      'anthropic-ratelimit-requests-reset': '2026-01-01T00:00:02Z',
      'anthropic-ratelimit-tokens-remaining': '36000',
      'anthropic-ratelimit-tokens-reset': '2026-01-01T00:00:03Z',
      'anthropic-ratelimit-input-tokens-remaining': '30000',
      'anthropic-ratelimit-output-tokens-remaining': '6000',
      'anthropic-organization-id': '6b8b7a4e',
    }
    expect(learnLimits(headers, wallMs)).toEqual({
      requestsRemaining: 49,
      requestsResetMs: 2_000,
      tokensRemaining: 6_000,
      tokensResetMs: 3_000,
      organisation: '6b8b7a4e',
    })
  })

  it('takes the reset of the token limit that is at 0', () => {
    const headers = {
      'anthropic-ratelimit-tokens-remaining': '10',
      'anthropic-ratelimit-tokens-reset': '2026-01-01T00:00:03Z',
      'anthropic-ratelimit-output-tokens-remaining': '0',
      'anthropic-ratelimit-output-tokens-reset': '2026-01-01T00:00:41Z',
    }
    expect(learnLimits(headers, wallMs)).toMatchObject({ tokensRemaining: 0, tokensResetMs: 41_000 })
  })

  it('reads bare numbers as seconds, or as a time since the epoch when no wait is that long', () => {
    const reset = (value: string) => learnLimits({ 'x-ratelimit-reset-requests': value }, wallMs)?.requestsResetMs
    expect(reset('1.5')).toBe(1_500)
    expect(reset(String(wallMs / 1000 + 30))).toBe(30_000)
    expect(reset(String(wallMs + 30_000))).toBe(30_000)
  })

  it('lets a time in the past be now', () => {
    const headers = { 'anthropic-ratelimit-requests-reset': '2025-12-31T00:00:00Z' }
    expect(learnLimits(headers, wallMs)).toEqual({ ...nothing, requestsResetMs: 0 })
  })

  it('says nothing when the headers say nothing it can read', () => {
    expect(learnLimits({}, wallMs)).toBeNull()
    const garbage = {
      'x-ratelimit-remaining-requests': '-1',
      'x-ratelimit-remaining-tokens': 'many',
      'x-ratelimit-reset-tokens': 'later',
      'openai-organization': 'with space',
    }
    expect(learnLimits(garbage, wallMs)).toBeNull()
  })
})
