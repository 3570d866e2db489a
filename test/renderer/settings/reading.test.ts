import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readIndex } from '../../../renderer/features/settings/reading.ts'

describe('the part that is being read', () => {
  const tops = [0, 200, 260, 1_000, 1_150]

  it('is the first one at the top and the last one at the end, although it never reaches the top', () => {
    expect(readIndex(tops, { top: 0, height: 400, length: 1_200 })).toBe(0)
    expect(readIndex(tops, { top: 800, height: 400, length: 1_200 })).toBe(4)
  })

  it('is the first one of a page that needs no scrolling, or has no parts yet', () => {
    expect(readIndex(tops, { top: 0, height: 2_000, length: 1_200 })).toBe(0)
    expect(readIndex([], { top: 50, height: 400, length: 1_200 })).toBe(0)
  })

  it('never goes back while the page is scrolled down, and every part has its turn', () => {
    const heights = fc.array(fc.integer({ min: 40, max: 900 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(heights, fc.integer({ min: 200, max: 1_000 }), (parts, height) => {
        const begins = parts.map((_, index) => parts.slice(0, index).reduce((sum, part) => sum + part, 0))
        const length = parts.reduce((sum, part) => sum + part, 0)
        fc.pre(length > height)
        const read = Array.from({ length: length - height + 1 }, (_, top) => readIndex(begins, { top, height, length }))
        expect(read).toEqual(read.toSorted((a, b) => a - b))
        expect(new Set(read)).toEqual(new Set(parts.keys()))
      }),
      { numRuns: 40 },
    )
  })
})
