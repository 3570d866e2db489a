import type { ModelId } from '../../shared/identity.ts'
import type { KeyStanding as KeyStandingView, KeyView } from '../../shared/key.ts'
import type { ModelStanding as ModelStandingView, ModelView } from '../../shared/model.ts'
import { inUse } from './catalogue.ts'
import type { KeySafe } from './key-safe.ts'
import { headerView } from './model-headers.ts'
import type { StoredKey, StoredModel } from './stored-model.ts'

/** What the rotation says of one key now. */
export type KeyStanding = Omit<KeyStandingView, 'id'>

/** What the rotation says of one model now. */
export interface ModelStanding {
  keys: ReadonlyMap<string, KeyStanding>
  currentKeyId: string | null
  nextKeyId: string | null
}

interface Kept {
  model: StoredModel
  origin: KeySafe['origin']
  fingerprintOf: KeySafe['fingerprintOf']
}

/** Models as the page may know them: what is kept, joined with what the rotation reports, never a secret. */
export function modelViews(
  kept: readonly Kept[],
  standingOf: (model: StoredModel) => ModelStanding,
  upstreamModelOf: (model: StoredModel) => string,
): ModelView[] {
  const holders = modelNamesByFingerprint(kept)
  const present = new Set(kept.map(({ model }) => model.id))
  return kept.map(({ model, origin, fingerprintOf }) => {
    const standing = standingOf(model)
    const alsoIn = (key: StoredKey) =>
      (holders.get(fingerprintOf(key.id) ?? '') ?? []).filter((name) => name !== model.name)
    const keys = inUse(model.keys).map((key) => keyView(key, standing.keys.get(key.id), alsoIn(key)))
    return {
      id: model.id,
      name: model.name,
      provider: model.provider,
      apiBase: model.apiBase,
      upstreamModel: upstreamModelOf(model),
      temperature: model.temperature,
      strategy: model.strategy,
      aliases: model.aliases,
      fallbacks: model.fallbacks.filter((id) => present.has(id)),
      price: model.price,
      maxWaitMs: model.maxWaitMs,
      deadlineMs: model.deadlineMs,
      headers: model.headers.map(headerView),
      origin,
      keys,
      ...turnsOf(standing, keys),
    }
  })
}

/** Of these models only what serving changes. Traffic asks for it several times a second, whatever else is kept. */
export function modelStandings(
  ids: readonly ModelId[],
  kept: readonly Pick<Kept, 'model'>[],
  standingOf: (model: StoredModel) => ModelStanding,
): ModelStandingView[] {
  const wanted = new Set(ids)
  return kept.flatMap(({ model }) => {
    if (!wanted.has(model.id)) return []
    const standing = standingOf(model)
    const keys = inUse(model.keys).map(({ id }) => ({ id, ...(standing.keys.get(id) ?? unused) }))
    return [{ id: model.id, keys, ...turnsOf(standing, keys) }]
  })
}

function turnsOf({ currentKeyId, nextKeyId }: ModelStanding, keys: readonly Pick<KeyView, 'id'>[]) {
  const byId = (id: string | null) => keys.find((key) => key.id === id)?.id ?? null
  return { currentKeyId: byId(currentKeyId), nextKeyId: byId(nextKeyId) }
}

const unused: KeyStanding = {
  state: { kind: 'ready' },
  inFlight: 0,
  requests: 0,
  served: 0,
  lastUsedAtMs: null,
  lastFailure: null,
  p50Ms: null,
}

function keyView(key: StoredKey, standing: KeyStanding | undefined, alsoIn: string[]): KeyView {
  const { id, label, lastFour, weight, limits, account, expiresAtMs, note, tags, addedAtMs, looks, replaced } = key
  const terms = { limits, account, expiresAtMs, note, tags }
  return { id, label, lastFour, weight, ...terms, addedAtMs, looks, alsoIn, replaced, ...(standing ?? unused) }
}

/** Which models hold a secret, by its fingerprint; the bin does not count. */
export function modelNamesByFingerprint(kept: readonly Kept[]): Map<string, string[]> {
  const names = new Map<string, string[]>()
  for (const { model, fingerprintOf } of kept) {
    for (const { id } of inUse(model.keys)) {
      const fingerprint = fingerprintOf(id)
      if (fingerprint !== undefined) names.set(fingerprint, [...(names.get(fingerprint) ?? []), model.name])
    }
  }
  return names
}
