import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ModelId, RequestId } from '../../../shared/identity.ts'
import type { LiveEvent } from '../../../shared/live-event.ts'
import { createModelRates } from '../../../renderer/app/model-rates.ts'

const [busy, quiet] = [ModelId.parse('busy'), ModelId.parse('quiet')]

const asked = (modelId: ModelId, atMs: number): LiveEvent => ({
  kind: 'request-started',
  seq: 0,
  atMs,
  requestId: RequestId.parse(`${modelId}-${atMs}`),
  modelId,
  modelName: modelId,
  client: 'test',
})

describe('how often a model is asked', () => {
  it('is told of each model by itself, over the last ten whole seconds', () => {
    const rates = createModelRates()
    rates.take([asked(busy, 1_000), asked(busy, 1_500), asked(busy, 4_200), asked(quiet, 4_300)])
    expect(rates.rateOf(busy, 5_000)).toBe(0.3)
    expect(rates.rateOf(quiet, 5_000)).toBe(0.1)
  })

  it('leaves out the second that is under way, and what is longer ago', () => {
    const rates = createModelRates()
    rates.take([asked(busy, 20_100)])
    expect(rates.rateOf(busy, 20_900)).toBe(0)
    expect(rates.rateOf(busy, 21_000)).toBe(0.1)
    expect(rates.rateOf(busy, 30_999)).toBe(0.1)
    expect(rates.rateOf(busy, 31_000)).toBe(0)
  })

  it('is the count of requests in the window, whatever their order within a batch', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9_999 }), { maxLength: 200 }), (times) => {
        const rates = createModelRates()
        rates.take(times.map((atMs) => asked(busy, atMs)))
        expect(rates.rateOf(busy, 10_000)).toBeCloseTo(times.length / 10)
      }),
    )
  })
})
