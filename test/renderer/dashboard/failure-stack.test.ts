import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundUp, stackOf } from '../../../renderer/features/dashboard/failure-stack.ts'
import type { FailureHistory } from '../../../shared/activity.ts'

const window = { fromMs: 0, toMs: 60_000 }
const size = { widthPx: 600, heightPx: 100 }
const history = (kinds: FailureHistory['kinds']): FailureHistory => ({ fromMs: 0, stepMs: 10_000, kinds })

describe('the failures by kind', () => {
  it('stand on one another, as wide as their stretch of time', () => {
    const { parts, most } = stackOf(
      history([
        { kind: 'rate-limited', counts: [0, 1, 0] },
        { kind: 'rejected', counts: [0, 1, 0] },
      ]),
      window,
      size,
    )
    expect(most).toBe(2)
    expect(parts).toEqual([
      { kind: 'rate-limited', x: 100, widthPx: 99, y: 50, heightPx: 50 },
      { kind: 'rejected', x: 100, widthPx: 99, y: 0, heightPx: 50 },
    ])
  })

  it('are drawn as fewer, wider bars where their buckets would be too thin to see, and lose none', () => {
    const narrow = { widthPx: 60, heightPx: 100 }
    const counts = [0, 0, 1, 0, 2, 0]
    const seconds = { fromMs: 5_000, stepMs: 1_000, kinds: [{ kind: 'rejected' as const, counts }] }
    const { parts, totals } = stackOf(seconds, window, narrow)
    expect(parts.map(({ x, widthPx }) => [x, widthPx])).toEqual([[6, 5]])
    expect(totals).toEqual([{ kind: 'rejected', count: 3 }])
  })

  it('leave out answers, and requests whose client went away', () => {
    const { parts, totals } = stackOf(
      history([
        { kind: 'served', counts: [5] },
        { kind: 'cancelled', counts: [5] },
        { kind: 'rejected', counts: [1] },
      ]),
      window,
      size,
    )
    expect(parts.map(({ kind }) => kind)).toEqual(['rejected'])
    expect(totals).toEqual([{ kind: 'rejected', count: 1 }])
  })

  it('are as high as they are many, and never higher than the chart', () => {
    const counts = fc.array(fc.nat({ max: 5_000 }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(counts, counts, (limited, rejected) => {
        const { parts, most, totals } = stackOf(
          history([
            { kind: 'rate-limited', counts: limited },
            { kind: 'rejected', counts: rejected },
          ]),
          window,
          size,
        )
        const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
        const drawn = (sum(parts.map(({ heightPx }) => heightPx)) * most) / size.heightPx
        expect(drawn).toBeCloseTo(sum(limited) + sum(rejected), 3)
        expect(sum(totals.map(({ count }) => count))).toBe(sum(limited) + sum(rejected))
        for (const { y, heightPx } of parts) {
          expect(y).toBeGreaterThanOrEqual(-1e-6)
          expect(y + heightPx).toBeLessThanOrEqual(size.heightPx + 1e-6)
        }
      }),
    )
  })

  it('reach up to a round number', () => {
    expect([0, 1, 2, 3, 7, 37, 100, 101].map(roundUp)).toEqual([1, 1, 2, 5, 10, 50, 100, 200])
  })
})
