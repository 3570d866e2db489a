import { hostOf } from '../models/api-base.ts'
import type { StoredModel } from '../models/stored-model.ts'
import type { ModelId } from '../../shared/identity.ts'
import type { Pool } from '../rotation/pool.ts'

/** A model as the gateway serves it. */
export interface ServedModel {
  id: ModelId
  name: string
  provider: string | null
  apiBase: string
  host: string
  /** The id that reaches the provider. */
  upstreamModel: string
  temperature: number | null
  pool: Pool
}

export function servedModel(
  model: StoredModel,
  pool: Pool,
  upstreamModelOf: (model: StoredModel) => string,
): ServedModel {
  const { id, name, provider, apiBase, temperature } = model
  return {
    id,
    name,
    provider,
    apiBase,
    temperature,
    host: hostOf(apiBase),
    upstreamModel: upstreamModelOf(model),
    pool,
  }
}
