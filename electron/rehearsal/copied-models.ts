/** No real pool is leased from, reported to or changed by a rehearsal: it has copies, and drops them at its end. */
import type { ModelId } from '../../shared/identity.ts'
import { mostScenarioKeys } from '../../shared/rehearsal-terms.ts'
import type { Pools } from '../gateway/pools.ts'
import type { ServedModel } from '../gateway/served-model.ts'
import { indexModels, type ServedModels } from '../gateway/served-models.ts'
import type { KeySpec, PoolSpec } from '../rotation/key-spec.ts'
import type { Pool } from '../rotation/pool.ts'

export interface CopiedModels {
  models: () => ServedModels
  pool: () => Pool | undefined
  /** The models were edited: keys that came or went come or go here too. */
  follow: () => void
  dispose: () => void
}

export interface CopiedModelsDeps {
  pools: Pick<Pools, 'copy' | 'specOf'>
  models: () => ServedModels
  wallMs: () => number
  /** A copy's key has changed its state. */
  onChange: () => void
}

/**
 * The model and those that stand in for it. `afresh` is for a scenario, which has to end as it is written: a few keys
 * that nothing is known of, without limits, and nobody who stands in.
 */
export function copyModels(deps: CopiedModelsDeps, modelId: ModelId, afresh: boolean): CopiedModels {
  const pools = new Map<ModelId, Pool>()
  let madeOf: ServedModels | undefined
  let models = indexModels([])

  const specOf = (id: ModelId): PoolSpec | undefined => {
    const spec = deps.pools.specOf(id)
    return spec && afresh ? freshSpec(spec, deps.wallMs()) : spec
  }
  const poolOf = (id: ModelId): Pool | undefined => {
    const known = pools.get(id)
    const spec = known ? undefined : specOf(id)
    if (!spec) return known
    const copy = deps.pools.copy(spec, deps.onChange, afresh ? null : id)
    pools.set(id, copy)
    return copy
  }
  const copied = (model: ServedModel | undefined): ServedModel[] => {
    const pool = model && poolOf(model.id)
    return pool ? [{ ...model, pool, fallbacks: afresh ? [] : model.fallbacks }] : []
  }

  return {
    models() {
      const real = deps.models()
      if (real === madeOf) return models
      const model = real.byId(modelId)
      const others = afresh || !model ? [] : model.fallbacks.map((id) => real.byId(id))
      models = indexModels([model, ...others].flatMap(copied))
      madeOf = real
      return models
    },
    pool: () => pools.get(modelId) ?? (deps.models().byId(modelId) ? poolOf(modelId) : undefined),
    follow() {
      if (afresh) return
      for (const [id, pool] of pools) {
        const spec = specOf(id)
        if (spec) pool.configure(spec)
      }
    },
    dispose() {
      for (const pool of pools.values()) pool.dispose()
    },
  }
}

/** The keys of a list that could be called now. */
export function callableKeys({ keys }: PoolSpec, wallMs: number): KeySpec[] {
  return keys.flatMap((key) => (typeof key !== 'string' && isCallable(key, wallMs) ? [key] : []))
}

function isCallable({ paused, expiresAtMs }: KeySpec, wallMs: number): boolean {
  const rests = typeof paused === 'boolean' ? paused : paused.untilMs > wallMs
  return !rests && (expiresAtMs === undefined || expiresAtMs > wallMs)
}

function freshSpec(spec: PoolSpec, wallMs: number): PoolSpec {
  const { id, model, host, strategy } = spec
  const keys = callableKeys(spec, wallMs).slice(0, mostScenarioKeys)
  return { id, model, host, strategy, keys: keys.map(withoutLimits) }
}

const withoutLimits = ({ id, label, fingerprint, weight }: KeySpec): KeySpec => ({
  id,
  label,
  fingerprint,
  // A key in reserve would never have its turn.
  weight: Math.max(1, weight),
  paused: false,
})
