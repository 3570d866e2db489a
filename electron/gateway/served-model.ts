import { hostOf } from '../models/api-base.ts'
import type { StoredHeader, StoredModel } from '../models/stored-model.ts'
import type { ModelId } from '../../shared/identity.ts'
import type { Strategy } from '../../shared/model.ts'
import type { ProviderFamily } from '../rotation/classification/verdict.ts'
import type { Pool } from '../rotation/pool.ts'
import { acceptsTemperature, takesStreamOptions } from '../upstream/providers/accepted-fields.ts'
import { providerFamily } from '../upstream/providers/family.ts'
import type { UpstreamTarget } from '../upstream/wire-attempt.ts'

/** A model as the gateway serves it. */
export interface ServedModel {
  readonly id: ModelId
  readonly name: string
  readonly aliases: readonly string[]
  /** Who stands in, in order, while none of its keys can serve. */
  readonly fallbacks: readonly ModelId[]
  readonly provider: string | null
  readonly family: ProviderFamily
  readonly apiBase: string
  readonly host: string
  /** The id that reaches the provider. */
  readonly upstreamModel: string
  /** Where its requests go; the same object for as long as the model is as it is. */
  readonly target: UpstreamTarget
  /** Null also where the provider would refuse one. */
  readonly temperature: number | null
  /** Whether its provider knows `stream_options`. */
  readonly takesStreamOptions: boolean
  readonly strategy: Strategy
  /** What its provider is sent beside the key; the same list for as long as the model is as it is. */
  readonly headers: readonly StoredHeader[]
  readonly pool: Pool
}

export function servedModel(
  model: StoredModel,
  pool: Pool,
  upstreamModelOf: (model: StoredModel) => string,
): ServedModel {
  const { id, name, aliases, fallbacks, provider, apiBase, temperature, strategy, headers } = model
  const family = providerFamily(provider, apiBase)
  const upstreamModel = upstreamModelOf(model)
  const isAccepted = temperature !== null && acceptsTemperature(family, upstreamModel, temperature)
  return {
    id,
    name,
    aliases,
    fallbacks,
    provider,
    family,
    apiBase,
    strategy,
    headers,
    upstreamModel,
    target: { apiBase, provider, model: upstreamModel },
    pool,
    host: hostOf(apiBase),
    temperature: isAccepted ? temperature : null,
    takesStreamOptions: takesStreamOptions(family, hostOf(apiBase)),
  }
}
