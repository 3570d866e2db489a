import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createGrowingBuffer } from '../../electron/upstream/growing-buffer.ts'

it('holds exactly what was appended since it was cleared, and never writes into what it was given', () => {
  const step = fc.oneof({ weight: 5, arbitrary: fc.uint8Array({ maxLength: 300 }) }, fc.constant('clear' as const))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const buffer = createGrowingBuffer()
      const given = steps.map((step) => (step === 'clear' ? step : Buffer.from(step)))
      let expected = Buffer.alloc(0)
      for (const step of given) {
        if (step === 'clear') buffer.clear()
        else buffer.append(step)
        expected = step === 'clear' ? Buffer.alloc(0) : Buffer.concat([expected, step])
        expect(buffer.bytes().equals(expected)).toBe(true)
        expect(buffer.length).toBe(expected.length)
      }
      expect(given).toEqual(steps.map((step) => (step === 'clear' ? step : Buffer.from(step))))
    }),
  )
})
