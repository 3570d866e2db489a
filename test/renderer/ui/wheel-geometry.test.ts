import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arcPath,
  arcsOf,
  capInsetDeg,
  labelDeg,
  labelDensity,
  shareLeft,
  turnTo,
} from '../../../renderer/ui/wheel/wheel-geometry.ts'

const weights = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 200 })

describe('the arcs of the wheel', () => {
  it('follow the order of the keys clockwise and never overlap, for any weights', () => {
    fc.assert(
      fc.property(weights, (list) => {
        const arcs = arcsOf(list)
        expect(arcs).toHaveLength(list.length)
        let edge = 0
        for (const arc of arcs) {
          expect(arc.fromDeg).toBeGreaterThanOrEqual(edge - 1e-9)
          expect(arc.toDeg).toBeGreaterThan(arc.fromDeg)
          edge = arc.toDeg
        }
        expect(edge).toBeLessThanOrEqual(360 + 1e-9)
      }),
    )
  })

  it('are as long as the weights are heavy', () => {
    const [light, heavy] = arcsOf([1, 3])
    expect(heavy && light && (heavy.toDeg - heavy.fromDeg + 5) / (light.toDeg - light.fromDeg + 5)).toBeCloseTo(3)
  })

  it('are equal when every weight is 0, and show a key of weight 0 among others', () => {
    const [first, second] = arcsOf([0, 0])
    expect(first && second && first.toDeg - first.fromDeg).toBeCloseTo(second ? second.toDeg - second.fromDeg : 0)
    const [none] = arcsOf([0, 10, 10])
    expect(none && none.toDeg - none.fromDeg).toBeGreaterThan(3)
  })

  it('make one key the whole circle, labelled at the top', () => {
    const [only] = arcsOf([5])
    expect(only).toEqual({ fromDeg: 0, toDeg: 360, midDeg: 180 })
    expect(only && labelDeg(only)).toBe(0)
    expect(arcPath({ x: 0, y: 0 }, 10, 0, 360).match(/A/g)).toHaveLength(2)
  })

  it('keep their exact ends when they are too short for round ones', () => {
    const arcs = arcsOf(Array.from({ length: 200 }, () => 1))
    for (const arc of arcs) expect(capInsetDeg(arc, 98, 7)).toBe(0)
    const [long] = arcsOf([1, 1, 1])
    expect(long && capInsetDeg(long, 98, 9)).toBeGreaterThan(2)
  })
})

describe('the drain of a cooling arc', () => {
  it('falls from whole to nothing as the time passes', () => {
    expect([1_000, 6_000, 11_000, 12_000].map((nowMs) => shareLeft(1_000, 11_000, nowMs))).toEqual([1, 0.5, 0, 0])
  })

  it('is whole when nobody saw the wait begin', () => {
    expect(shareLeft(-Infinity, 11_000, 6_000)).toBe(1)
  })

  it('never leaves the range from 0 to 1', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (fromMs, untilMs, nowMs) => {
        const share = shareLeft(fromMs, untilMs, nowMs)
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }),
    )
  })
})

it('turns the pointer the short way round, to exactly where it should point', () => {
  expect(turnTo(350, 10)).toBe(370)
  expect(turnTo(370, 350)).toBe(350)
  fc.assert(
    fc.property(fc.integer({ min: -10_000, max: 10_000 }), fc.integer({ min: 0, max: 359 }), (last, target) => {
      const next = turnTo(last, target)
      expect(Math.abs(next - last)).toBeLessThanOrEqual(180)
      expect((((next - target) % 360) + 360) % 360).toBe(0)
    }),
  )
})

it('writes less at each arc the more keys there are', () => {
  expect([1, 5, 12, 20, 200].map(labelDensity)).toEqual(['words', 'words', 'full', 'number', 'none'])
})
