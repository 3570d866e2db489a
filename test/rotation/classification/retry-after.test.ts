import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDurationMs } from '../../../electron/rotation/classification/duration.ts'
import { learnLimits } from '../../../electron/rotation/classification/learned-limits.ts'
import { parseProviderError } from '../../../electron/rotation/classification/provider-error.ts'
import { maxRetryAfterMs, retryAfterMs } from '../../../electron/rotation/classification/retry-after.ts'
import type { Headers } from '../../../electron/rotation/wire-failure.ts'

const wallMs = Date.UTC(2026, 0, 1)
const wait = (headers: Headers, body = '') =>
  retryAfterMs(headers, parseProviderError(body), learnLimits(headers, wallMs), wallMs)
const hour = 3_600_000
const retryInfo = (retryDelay: unknown) => JSON.stringify({ error: { message: 'm', details: [{ retryDelay }] } })

describe('the wait that a provider announces', () => {
  it.each<[string, Headers, string, number | null]>([
    ['seconds', { 'retry-after': '20' }, '', 20_000],
    ['fractions of a second', { 'retry-after': '0.5' }, '', 500],
    ['now', { 'retry-after': '0' }, '', 0],
    ['an HTTP date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, '', 30_000],
    ['an HTTP date in the past: announced, and over', { 'retry-after': 'Wed, 31 Dec 2025 23:00:00 GMT' }, '', 0],
    ['a thousand million seconds: an hour', { 'retry-after': '1000000000' }, '', hour],
    ['an HTTP date next year: an hour', { 'retry-after': 'Fri, 01 Jan 2027 00:00:00 GMT' }, '', hour],
    ['garbage: nothing', { 'retry-after': 'soon' }, '', null],
    ['a negative number: nothing', { 'retry-after': '-5' }, '', null],
    ['an exponent: nothing', { 'retry-after': '1e9' }, '', null],
    ['an empty value: nothing', { 'retry-after': '' }, '', null],
    ['two values: nothing', { 'retry-after': '5, 6' }, '', null],
    ['a date that is none: nothing', { 'retry-after': 'Thu, 99 Jan 2026 00:00:30 GMT' }, '', null],
    ['milliseconds, before seconds', { 'retry-after-ms': '1500', 'retry-after': '2' }, '', 1_500],
    ["Azure's milliseconds", { 'x-ms-retry-after-ms': '700' }, '', 700],
    ['garbage in milliseconds: the seconds', { 'retry-after-ms': 'x', 'retry-after': '2' }, '', 2_000],
    ["Google's RetryInfo", {}, retryInfo('28.5s'), 28_500],
    ['a broken RetryInfo', {}, retryInfo('28 seconds'), null],
    ['a header before the RetryInfo', { 'retry-after': '3' }, retryInfo('28s'), 3_000],
    [
      'the reset of the limit at 0, not of the other',
      {
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '1m30s',
        'x-ratelimit-remaining-tokens': '5000',
        'x-ratelimit-reset-tokens': '6m0s',
      },
      '',
      90_000,
    ],
    [
      'the later reset when both are at 0',
      {
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '6ms',
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-tokens': '7m12s',
      },
      '',
      432_000,
    ],
    ['no limit at 0: nothing', { 'x-ratelimit-remaining-requests': '3', 'x-ratelimit-reset-requests': '1s' }, '', null],
    ['a sentence', {}, JSON.stringify({ error: { message: 'Please try again in 7m12s. Visit' } }), 432_000],
    ['a sentence with seconds', {}, JSON.stringify({ error: { message: 'Please retry after 20 seconds.' } }), 20_000],
    ['nothing at all', {}, '', null],
  ])('%s', (_title, headers, body, expected) => {
    expect(wait(headers, body)).toBe(expected)
  })

  it('is never negative, never over an hour, and never throws, whatever the headers say', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (retryAfter, milliseconds, reset) => {
        const got = wait({
          'retry-after': retryAfter,
          'retry-after-ms': milliseconds,
          'x-ratelimit-remaining-requests': '0',
          'x-ratelimit-reset-requests': reset,
        })
        expect(got === null || (got >= 0 && got <= maxRetryAfterMs && Number.isInteger(got))).toBe(true)
      }),
    )
  })
})

describe('durations', () => {
  it.each([
    ['1m30s', 90_000],
    ['6ms', 6],
    ['7.66s', 7_660],
    ['1h0m0s', hour],
    ['1d2h', 93_600_000],
    ['', null],
    ['5', null],
    ['5 s', null],
    ['s', null],
    ['-1s', null],
  ])('%j is %j', (text, expected) => {
    expect(parseDurationMs(text)).toBe(expected)
  })

  it('are read back as they were written', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 23 }),
        fc.nat({ max: 59 }),
        fc.nat({ max: 59 }),
        fc.nat({ max: 999 }),
        (hours, minutes, seconds, millis) => {
          const expected = ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis
          expect(parseDurationMs(`${hours}h${minutes}m${seconds}s${millis}ms`)).toBe(expected)
        },
      ),
    )
  })
})
