import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timelineOf } from '../../../renderer/features/activity/timeline.ts'
import { script } from '../live-events.ts'

const rotated = script({
  id: 'req-rotated',
  startMs: 1_000,
  attempts: [
    { key: 'acct-2', kind: 'rate-limited', durationMs: 100 },
    { key: 'acct-3', kind: 'served', durationMs: 300 },
  ],
}).view

describe('the timeline of a request', () => {
  it('shows each attempt at its share of the whole time', () => {
    expect(timelineOf(rotated, 9_999)).toEqual([
      { number: 1, from: 0, width: 0.25 },
      { number: 2, from: 0.25, width: 0.75 },
    ])
  })

  it('lets a running attempt reach to now', () => {
    const attempts = rotated.attempts.slice(0, 1).map((one) => ({ ...one, durationMs: null, outcome: null }))
    expect(timelineOf({ ...rotated, endedAtMs: null, attempts }, 3_000)).toEqual([{ number: 1, from: 0, width: 1 }])
  })

  it('never leaves its line, whatever the times', () => {
    const durations = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(durations, fc.nat(), (list, nowMs) => {
        const attempts = list.map((durationMs) => ({ key: 'a', kind: 'served' as const, durationMs }))
        for (const bar of timelineOf(script({ id: 'r', startMs: 50, attempts }).view, nowMs)) {
          expect(bar.from).toBeGreaterThanOrEqual(0)
          expect(bar.width).toBeGreaterThan(0)
          expect(bar.from + bar.width).toBeLessThanOrEqual(1 + 1e-9)
        }
      }),
    )
  })
})
