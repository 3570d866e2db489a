import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepFor } from '../../electron/journal/figures.ts'
import { minuteMs, secondMs, secondsKeptMs, stepsSince } from '../../electron/journal/sums.ts'

const nowMs = Date.UTC(2026, 10, 23, 12)
const last = (ms: number) => ({ fromMs: nowMs - ms, toMs: nowMs })

describe('the sums that a window is read from', () => {
  it('are by the second for the last minutes, so that a minute shows its course', () => {
    expect(stepFor(last(minuteMs), nowMs)).toEqual({ step: secondMs, bucketMs: secondMs })
    expect(stepFor(last(15 * minuteMs), nowMs)).toEqual({ step: secondMs, bucketMs: 8 * secondMs })
  })

  it('are never seconds that may have been forgotten', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * 86_400_000 }), (ageMs) => {
        const fromMs = nowMs - ageMs
        const usesSeconds = stepFor({ fromMs, toMs: nowMs }, nowMs).step === secondMs
        expect(usesSeconds && ageMs > secondsKeptMs).toBe(false)
        expect(stepsSince(fromMs, nowMs).includes(secondMs)).toBe(ageMs <= secondsKeptMs)
      }),
    )
  })

  it('make no more points than a small chart can show', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 400 * 86_400_000 }), (spanMs) => {
        expect(Math.ceil(spanMs / stepFor(last(spanMs), nowMs).bucketMs)).toBeLessThanOrEqual(120)
      }),
    )
  })
})
