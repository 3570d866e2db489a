import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceText, readPrice } from '../../../renderer/features/settings/price-text.ts'

describe('a price as a person types it', () => {
  it.each([
    ['2.5', 2_500_000],
    ['0', 0],
    [' 0.075 ', 75_000],
    ['1000000', 1_000_000_000_000],
    ['0.000001', 1],
  ])('%s is read exactly', (text, micros) => {
    expect(readPrice(text)).toBe(micros)
  })

  it.each([
    '',
    '-1',
    '+1',
    '1e400',
    '1e3',
    'free',
    'NaN',
    'Infinity',
    '0x10',
    '1,5',
    '.5',
    '1.',
    '0.0000001',
    '1000000.1',
    '99999999',
  ])('%j is refused', (text) => {
    expect(readPrice(text)).toBeNull()
  })

  it('comes back as it was shown, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (micros) => {
        expect(readPrice(priceText(micros))).toBe(micros)
      }),
    )
  })
})
