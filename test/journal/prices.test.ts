import { describe, expect, it } from 'vitest'
import type { PriceSource } from '../../electron/journal/batch.ts'
import { createPriceOf, createPrices } from '../../electron/journal/prices.ts'
import { dayMs } from './recording.ts'

const usage = { promptTokens: 1_000, completionTokens: 500 }
const openai = { apiBase: 'https://api.openai.com/v1', upstreamModel: 'gpt-4o', price: null }

const cost = (source: PriceSource | null, atMs = dayMs, prices = createPrices()) =>
  createPriceOf(prices, [source])(0, usage, atMs)

describe('the cost of a request', () => {
  it('is that of the table, in whole millionths of a dollar', () => {
    // 2.50 and 10.00 dollars for a million tokens.
    expect(cost(openai)).toBe(2_500 + 5_000)
  })

  it('is the same when it is asked for again', () => {
    const prices = createPrices()
    const first = cost(openai, dayMs, prices)
    expect(cost(openai, dayMs + 1, prices)).toBe(first)
  })

  it('is what a person said, where a person said something', () => {
    const price = { promptMicros: 1_000_000, completionMicros: 4_000_000 }
    expect(cost({ ...openai, price })).toBe(1_000 + 2_000)
    expect(cost({ ...openai, price: { promptMicros: 0, completionMicros: 0 } })).toBe(0)
  })

  it.each([
    ['at a host that the table does not know', { ...openai, apiBase: 'https://relay.example/v1' }],
    ['of a model that the table does not know', { ...openai, upstreamModel: 'nobody-knows-this-one' }],
    ['at the simulator', { ...openai, apiBase: 'http://simulator.keywheel.internal/v1' }],
    ['of a model that is gone', null],
  ])('is unknown %s', (_what, source) => {
    expect(cost(source)).toBeNull()
  })
})

describe('the price that applies', () => {
  const applying = (source: PriceSource) => createPrices().applying([source], dayMs)[0]

  it('is that of the table, by the million tokens', () => {
    expect(applying(openai)).toEqual({
      source: 'table',
      price: { promptMicros: 2_500_000, completionMicros: 10_000_000 },
      varies: false,
      contextWindow: 128_000,
    })
  })

  it('is what a person said, where a person said something', () => {
    const price = { promptMicros: 0, completionMicros: 4 }
    expect(applying({ ...openai, price })).toMatchObject({ source: 'own', price, varies: false })
  })

  it('is marked where long requests cost another price, and shown for short ones', () => {
    const google = {
      apiBase: 'https://generativelanguage.googleapis.com/v1beta/openai',
      upstreamModel: 'gemini-2.5-pro',
    }
    expect(applying({ ...google, price: null })).toEqual({
      source: 'table',
      price: { promptMicros: 1_250_000, completionMicros: 10_000_000 },
      varies: true,
      contextWindow: null,
    })
  })

  it('is unknown at a host that the table does not know', () => {
    const relay = { ...openai, apiBase: 'https://relay.example/v1' }
    expect(applying(relay)).toMatchObject({ source: 'unknown', price: null, varies: false })
  })

  it('comes with the window of the model, which is the same at every host', () => {
    expect(applying({ ...openai, apiBase: 'https://relay.example/v1' })?.contextWindow).toBe(128_000)
    expect(applying({ ...openai, upstreamModel: 'nobody-knows-this-one' })?.contextWindow).toBeNull()
  })
})
