import type { ModelId } from '../../shared/identity.ts'
import type { StoredModel } from '../models/stored-model.ts'
import { hostOf } from '../models/api-base.ts'
import { inUse } from '../models/catalogue.ts'
import type { ModelStanding } from '../models/model-views.ts'
import type { PoolSpec } from '../rotation/key-spec.ts'
import type { Pool } from '../rotation/pool.ts'
import { outcomeView } from './outcome-view.ts'

/** One pool a model; a change of the models changes the pools and keeps the state of every key that stays. */
export interface Pools {
  sync(models: readonly StoredModel[]): void
  of(id: ModelId): Pool | undefined
  standing(id: ModelId): ModelStanding
  close(): void
}

export function createPools(create: (id: ModelId, spec: PoolSpec) => Pool): Pools {
  const pools = new Map<ModelId, Pool>()
  return {
    sync(models) {
      const present = new Set(models.map((model) => model.id))
      for (const [id, pool] of pools) {
        if (present.has(id)) continue
        pool.dispose()
        pools.delete(id)
      }
      for (const model of models) {
        const pool = pools.get(model.id)
        if (pool) pool.configure(poolSpec(model))
        else pools.set(model.id, create(model.id, poolSpec(model)))
      }
    },
    of: (id) => pools.get(id),
    standing(id) {
      const pool = pools.get(id)
      if (!pool) return { keys: new Map(), currentKeyId: null, nextKeyId: null }
      const { keys, currentKeyId, nextKeyId } = pool.snapshot()
      const standings = keys.map(({ keyId, lastFailure, ...standing }) => {
        return [keyId, { ...standing, lastFailure: lastFailure && outcomeView(lastFailure) }] as const
      })
      return { keys: new Map(standings), currentKeyId, nextKeyId }
    },
    close() {
      for (const pool of pools.values()) pool.dispose()
      pools.clear()
    },
  }
}

function poolSpec(model: StoredModel): PoolSpec {
  const keys = inUse(model.keys).map(({ id, label, fingerprint, weight, paused }) => ({
    id,
    label,
    fingerprint,
    weight,
    paused,
  }))
  return { id: model.id, model: model.name, host: hostOf(model.apiBase), strategy: model.strategy, keys }
}
