import { expect, it } from 'vitest'
import { rangeMinutes, zoomed } from '../../../renderer/app/time-range.ts'

it('zooms from one minute to a day, and stays at the ends', () => {
  expect(zoomed(1, 'in')).toBe(1)
  expect(zoomed(1, 'out')).toBe(5)
  expect(zoomed(1_440, 'out')).toBe(1_440)
  expect(rangeMinutes.map((minutes) => zoomed(zoomed(minutes, 'out'), 'in'))).toEqual([1, 5, 15, 60, 360, 360])
})
