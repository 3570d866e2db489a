import type { ModelId } from '../../shared/identity.ts'
import type { Strategy } from '../../shared/model.ts'
import type { KeySafe } from '../models/key-safe.ts'
import type { StoredKey, StoredModel } from '../models/stored-model.ts'
import { hostOf } from '../models/api-base.ts'
import { inUse } from '../models/catalogue.ts'
import type { ModelStanding } from '../models/model-views.ts'
import type { KeptState } from '../rotation/kept-state.ts'
import type { KeySpec, PoolSpec } from '../rotation/key-spec.ts'
import type { Pool } from '../rotation/pool.ts'
import { outcomeView } from './outcome-view.ts'
import type { RotationMemory } from './rotation-memory.ts'

/** The engine tells secrets apart by their fingerprints, which the safe that keeps them knows. */
export interface PooledModel {
  model: StoredModel
  fingerprintOf: KeySafe['fingerprintOf']
}

/** One pool a model; a change of the models changes the pools and keeps the state of every key that stays. */
export interface Pools {
  sync(models: readonly PooledModel[]): void
  /** The same secrets have other fingerprints now: what is known of them stays theirs. */
  rename(models: readonly PooledModel[]): void
  of(id: ModelId): Pool | undefined
  /** Changes whenever a pool comes or goes. */
  revision(): number
  standing(id: ModelId): ModelStanding
  /** The keys that the next requests would get under this strategy; tried on a copy, so that nothing changes. */
  nextPicks(id: ModelId, strategy: Strategy, count: number): string[]
  /** The list that the pool has now. */
  specOf(id: ModelId): PoolSpec | undefined
  /** A pool of this list that shares nothing with the others; it knows of its keys what the pool of `like` knows. */
  copy(spec: PoolSpec, observe: () => void, like: ModelId | null): Pool
  /** Remembers what every pool knows now. */
  remember(): void
  close(): void
}

export interface PoolsDeps {
  create: (id: ModelId, spec: PoolSpec) => Pool
  /** A pool that shares nothing with the others. */
  rehearse: (spec: PoolSpec, observe?: () => void) => Pool
  memory: Pick<RotationMemory, 'recall' | 'remember'>
  /** How long answers with a key take. */
  p50Of: (modelId: ModelId, keyId: string) => number | null
}

export function createPools({ create, rehearse, memory, p50Of }: PoolsDeps): Pools {
  const pools = new Map<ModelId, Pool>()
  let revision = 0

  const specs = new Map<ModelId, OurSpec>()

  const configure = (pool: Pool, pooled: PooledModel) => {
    const spec = poolSpec(pooled)
    specs.set(pooled.model.id, spec)
    pool.configure(spec)
  }
  const open = (pooled: PooledModel) => {
    const { id } = pooled.model
    const spec = poolSpec(pooled)
    specs.set(id, spec)
    const pool = create(id, spec)
    pool.importState(memory.recall(id))
    pools.set(id, pool)
    revision += 1
  }
  const end = (id: ModelId, pool: Pool) => {
    memory.remember(id, pool.exportState())
    pool.dispose()
    pools.delete(id)
    revision += 1
    specs.delete(id)
  }

  return {
    sync(models) {
      const present = new Set(models.map(({ model }) => model.id))
      for (const [id, pool] of pools) {
        if (!present.has(id)) end(id, pool)
      }
      for (const pooled of models) {
        const pool = pools.get(pooled.model.id)
        if (pool) configure(pool, pooled)
        else open(pooled)
      }
    },
    rename(models) {
      for (const pooled of models) {
        const pool = pools.get(pooled.model.id)
        const before = specs.get(pooled.model.id)
        if (!pool || !before) continue
        const known = renamed(pool.exportState(), before, poolSpec(pooled))
        configure(pool, pooled)
        pool.importState(known)
      }
    },
    of: (id) => pools.get(id),
    revision: () => revision,
    standing(id) {
      const pool = pools.get(id)
      if (!pool) return { keys: new Map(), currentKeyId: null, nextKeyId: null }
      const { keys, currentKeyId, nextKeyId } = pool.snapshot()
      const standings = keys.map(({ keyId, lastFailure, ...standing }) => {
        const p50Ms = p50Of(id, keyId)
        return [keyId, { ...standing, lastFailure: lastFailure && outcomeView(lastFailure), p50Ms }] as const
      })
      return { keys: new Map(standings), currentKeyId, nextKeyId }
    },
    nextPicks(id, strategy, count) {
      const pool = pools.get(id)
      const spec = specs.get(id)
      if (!pool || !spec) return []
      if (strategy === spec.strategy) return pool.nextPicks(count)
      const copy = rehearse({ ...spec, strategy, keys: asTheyStand(spec.keys, pool) })
      copy.importState(pool.exportState())
      const picks = copy.nextPicks(count)
      copy.dispose()
      return picks
    },
    specOf: (id) => specs.get(id),
    copy(spec, observe, like) {
      const known = like === null ? undefined : pools.get(like)?.exportState(0)
      const copy = rehearse(spec, observe)
      if (known) copy.importState(known)
      return copy
    },
    remember() {
      for (const [id, pool] of pools) memory.remember(id, pool.exportState())
    },
    close() {
      for (const [id, pool] of pools) end(id, pool)
    },
  }
}

/** What was kept under one list's fingerprints, under those of the same keys in another. */
function renamed(state: KeptState, before: OurSpec, after: OurSpec): KeptState {
  const byId = new Map(after.keys.map(({ id, fingerprint }) => [id, fingerprint]))
  const names = new Map(before.keys.map(({ id, fingerprint }) => [fingerprint, byId.get(id) ?? fingerprint]))
  const nameOf = (fingerprint: string) => names.get(fingerprint) ?? fingerprint
  return {
    ...state,
    position: state.position === null ? null : nameOf(state.position),
    facts: state.facts.map((fact) => ({ ...fact, fingerprint: nameOf(fact.fingerprint) })),
  }
}

/** A key that is out for a moment only is not in what is kept for a restart: it counts as paused in the copy. */
function asTheyStand(keys: readonly KeySpec[], pool: Pool): KeySpec[] {
  const out = new Set(pool.keyReports().flatMap(({ keyId, state }) => (state.kind === 'ready' ? [] : [keyId])))
  return keys.map((key) => (out.has(key.id) ? { ...key, paused: true } : key))
}

type OurSpec = ReturnType<typeof poolSpec>

function poolSpec({ model, fingerprintOf }: PooledModel) {
  const keys = inUse(model.keys).map((key) => keySpec(key, fingerprintOf(key.id)))
  return {
    id: model.id,
    model: model.name,
    host: hostOf(model.apiBase),
    strategy: model.strategy,
    keys,
    maxWaitMs: model.maxWaitMs ?? undefined,
    deadlineMs: model.deadlineMs ?? undefined,
  } satisfies PoolSpec
}

function keySpec(key: StoredKey, fingerprint: string | undefined): KeySpec {
  const { id, label, weight, paused, pausedUntilMs, account, limits, expiresAtMs } = key
  return {
    id,
    label,
    // A key without a secret cannot serve; it stays on the list as itself, so that a person can see and replace it.
    fingerprint: fingerprint ?? `none/${id}`,
    weight,
    paused: paused && pausedUntilMs !== null ? { untilMs: pausedUntilMs } : paused,
    account: account === '' ? undefined : account,
    limits: {
      requestsPerMinute: limits.requestsPerMinute ?? undefined,
      tokensPerMinute: limits.tokensPerMinute ?? undefined,
      requestsPerDay: limits.requestsPerDay ?? undefined,
      concurrency: limits.concurrency ?? undefined,
    },
    expiresAtMs: expiresAtMs ?? undefined,
  }
}
