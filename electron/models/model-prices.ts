import type { ModelPrice } from '../../shared/model.ts'
import type { PriceSource } from '../journal/batch.ts'
import type { Journal } from '../journal/journal.ts'
import type { ListedModel } from './models.ts'
import type { StoredModel } from './stored-model.ts'

type UpstreamModelOf = (model: StoredModel) => string

/** What the price of a model is found by; null when the model is gone. */
export function priceSource(model: StoredModel | undefined, upstreamModelOf: UpstreamModelOf): PriceSource | null {
  return model ? { apiBase: model.apiBase, upstreamModel: upstreamModelOf(model), price: model.price } : null
}

export interface ModelPricesDeps {
  list: () => readonly ListedModel[]
  upstreamModelOf: UpstreamModelOf
  /** The table is where the costs are worked out: in the journal's thread. */
  journal: Pick<Journal, 'ask'>
  wallMs: () => number
}

/** The price that applies to each model now. */
export async function modelPrices({ list, upstreamModelOf, journal, wallMs }: ModelPricesDeps): Promise<ModelPrice[]> {
  const models = list().map(({ model }) => model)
  const sources = models.flatMap((model) => priceSource(model, upstreamModelOf) ?? [])
  const prices = await journal.ask('prices', { sources, wallMs: wallMs() })
  return prices.map((price, place) => ({ ...price, modelId: models[place]!.id }))
}
