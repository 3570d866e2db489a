import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { positionAt, shareOf, thumbOf } from '../../../renderer/features/activity/scroll-scale.ts'

const range = { oldest: 1, newest: 2_000_000 }

describe('the scaled scrollbar', () => {
  it('stands at the top for the newest and at the bottom for the oldest', () => {
    expect(shareOf(2_000_000, range)).toBe(0)
    expect(shareOf(1, range)).toBe(1)
    expect(positionAt(0, range)).toBe(2_000_000)
    expect(positionAt(1, range)).toBe(1)
  })

  it('leads to the position that it stands for, in millions of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000 }), (position) => {
        expect(positionAt(shareOf(position, range), range)).toBe(position)
      }),
    )
  })

  it('keeps a thumb that can be taken hold of inside of its track', () => {
    const anyRange = fc.tuple(fc.nat(), fc.nat()).map(([oldest, more]) => ({ oldest, newest: oldest + more }))
    const anyShare = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(anyRange, anyShare, fc.nat({ max: 200 }), (some, share, rows) => {
        const { topPx, heightPx } = thumbOf({ heightPx: 400 }, { share, rows }, some)
        expect(heightPx).toBeGreaterThanOrEqual(28)
        expect(topPx).toBeGreaterThanOrEqual(0)
        expect(topPx + heightPx).toBeLessThanOrEqual(400 + 1e-6)
      }),
    )
  })
})
