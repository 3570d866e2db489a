import { calcPrice } from '@pydantic/genai-prices'
import type { ModelPrice, TokenPrice } from '../../shared/model.ts'
import type { Usage } from '../../shared/request.ts'
import type { PriceSource } from './batch.ts'

/** Some prices depend on the hour. */
const priceHoldsMs = 900_000
const cachedPrices = 1_000
const perMillion = 1_000_000

type Price = (usage: Usage) => number | null
export type AppliedPrice = Omit<ModelPrice, 'modelId'>

/**
 * What a request cost, in millionths of a dollar, from a table that came with the application: nothing is asked over
 * the network. A price is taken from the host that was called, never guessed from a model's name alone.
 */
export function createPrices() {
  const prices = new Map<string, Price>()

  return {
    /** What applies to each of the sources at that time. */
    applying: (sources: readonly PriceSource[], atMs: number): AppliedPrice[] =>
      sources.map((source) => ({
        ...(source.price ? ownPrice(source.price) : tablePrice(source, atMs)),
        contextWindow: contextWindow(source, atMs),
      })),
    /** Holds until the period is over. */
    of(source: PriceSource, atMs: number): Price {
      const { price: own } = source
      if (own) return (usage) => overridden(own, usage)
      const period = Math.floor(atMs / priceHoldsMs)
      const name = `${period} ${source.apiBase} ${source.upstreamModel}`
      const price = prices.get(name) ?? findPrice(source, period * priceHoldsMs)
      if (prices.size >= cachedPrices) prices.clear()
      prices.set(name, price)
      return price
    },
  }
}

/** What a usage costs at one of these sources, looked up once a period and not once a request. */
export function createPriceOf(prices: Prices, sources: readonly (PriceSource | null)[]) {
  const held: { period: number; price: Price }[] = []
  return (nth: number, usage: Usage, atMs: number): number | null => {
    const source = sources[nth]
    if (!source) return null
    const period = Math.floor(atMs / priceHoldsMs)
    if (held[nth]?.period !== period) held[nth] = { period, price: prices.of(source, atMs) }
    return held[nth].price(usage)
  }
}

export type Prices = ReturnType<typeof createPrices>

function overridden(price: NonNullable<PriceSource['price']>, { promptTokens, completionTokens }: Usage): number {
  return Math.round(
    (promptTokens * price.promptMicros) / perMillion + (completionTokens * price.completionMicros) / perMillion,
  )
}

type Priced = Omit<AppliedPrice, 'contextWindow'>

const ownPrice = (price: TokenPrice): Priced => ({ source: 'own', price, varies: false })

function tablePrice(source: PriceSource, atMs: number): Priced {
  const found = calculate(source, { promptTokens: 1, completionTokens: 1 }, atMs)
  const { input_mtok: inputPrice, output_mtok: outputPrice } = found?.model_price ?? {}
  const input = baseOf(inputPrice)
  const output = baseOf(outputPrice)
  if (!found || input === null || output === null) return { source: 'unknown', price: null, varies: false }
  const price = { promptMicros: Math.round(input * perMillion), completionMicros: Math.round(output * perMillion) }
  const hasTiers = typeof inputPrice !== 'number' || typeof outputPrice !== 'number'
  return { source: 'table', price, varies: hasTiers || Array.isArray(found.model.prices) }
}

/** Unlike its price, a model's window is its own, at whichever host it is served. */
function contextWindow(source: PriceSource, atMs: number): number | null {
  const usage = { promptTokens: 1, completionTokens: 1 }
  const found = calculate(source, usage, atMs) ?? calculate({ ...source, apiBase: null }, usage, atMs)
  return found?.model.context_window ?? null
}

/** The price of the shortest requests, where it has tiers. */
function baseOf(price: number | { base: number } | undefined): number | null {
  return typeof price === 'object' ? price.base : (price ?? null)
}

/** Most prices are two numbers; only those with tiers are worked out anew for each request. */
function findPrice(source: PriceSource, atMs: number): Price {
  const found = calculate(source, { promptTokens: 1, completionTokens: 1 }, atMs)
  if (!found) return () => null
  const { input_mtok: input, output_mtok: output } = found.model_price
  if (typeof input === 'number' && typeof output === 'number')
    return ({ promptTokens, completionTokens }) => Math.round(promptTokens * input + completionTokens * output)
  return (usage) => {
    const price = calculate(source, usage, atMs)
    return price && Math.round(price.total_price * perMillion)
  }
}

type Asked = Pick<PriceSource, 'upstreamModel'> & { apiBase: string | null }

function calculate({ apiBase, upstreamModel }: Asked, { promptTokens, completionTokens }: Usage, atMs: number) {
  const usage = { input_tokens: promptTokens, output_tokens: completionTokens }
  try {
    return calcPrice(usage, upstreamModel, {
      ...(apiBase === null ? {} : { providerApiUrl: apiBase }),
      timestamp: new Date(atMs),
    })
  } catch {
    // The table cannot price this usage.
    return null
  }
}
