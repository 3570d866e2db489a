// What a file does not say stays as it is: a field that it leaves out, and in a merge a key that it does not hold.
import { ModelId, type KeyId } from '../../shared/identity.ts'
import type { NewKey } from '../../shared/key.ts'
import { parseApiBase } from './api-base.ts'
import { inUse, removeKeys, removeModel, theModel } from './catalogue.ts'
import type { SafeDraft } from './key-safe.ts'
import { askAboutHosts, rehost, subjectOf, type MayMove } from './key-secrets.ts'
import { addNewKeys } from './new-keys.ts'
import { secretIdsOf } from './model-headers.ts'
import { endAliases } from './other-names.ts'
import { storedModel, type LastImport, type StoredModel } from './stored-model.ts'
import { digestOf } from './undo-import.ts'

/** A model to take over from a file: a new one is added, one that is known by its name is changed. */
export interface IncomingModel {
  name: string
  apiBase: string
  /** Null stays as it is, as does the temperature. */
  provider: string | null
  temperature: number | null
  /** Fields of the file that are not ours. */
  extra: StoredModel['extra']
  keys: readonly NewKey[]
  /**
   * `merge` adds the keys that are new. `replace` makes the keys and their order the file's: one that it does not hold
   * goes to the bin. A key that both hold keeps its label, weight and pause. `exact` is that, and a provider or
   * temperature that is null becomes null.
   */
  mode: 'merge' | 'replace' | 'exact'
}

export interface TakenOver {
  models: number
  keys: number
  /** Keys that went to the bin. */
  removed: number
}

export interface TakeOverDeps {
  fingerprint: (secret: string) => string
  newId: () => string
  nowMs: number
  mayMove: MayMove
}

interface Counted {
  added: number
  removed: number
  /** Keys that may go to the model's host now and might not before. */
  widened: LastImport['changed'][number]['widened']
}

export function takeOver(
  draft: SafeDraft,
  incoming: readonly IncomingModel[],
  deps: TakeOverDeps,
  removed: readonly ModelId[] = [],
): TakenOver {
  const before = new Map(draft.models.map((model) => [model.id, structuredClone(model)]))
  const known = new Map(inUse(draft.models).map((model) => [model.name, model]))
  const counts = new Map<ModelId, Counted>()
  for (const id of removed) removeToBin(draft, id, deps.nowMs)
  for (const entry of incoming) {
    const model = known.get(entry.name) ?? addedModel(draft, entry, deps)
    known.set(entry.name, model)
    counts.set(model.id, takeOne(draft, model, entry, deps))
  }
  const sum = (count: (one: Counted) => number) => [...counts.values()].reduce((total, one) => total + count(one), 0)
  const done = { models: incoming.length, keys: sum(({ added }) => added), removed: sum(({ removed }) => removed) }
  const changed = draft.models.flatMap((model) => changeOf(model, before.get(model.id) ?? null, counts.get(model.id)))
  draft.lastImport = { atMs: deps.nowMs, models: done.models, keys: done.keys, changed }
  draft.note('import', `${done.models} models, ${done.keys} new keys`)
  return done
}

/** What an undo needs to know of a model; nothing when it is as it was. */
function changeOf(model: StoredModel, before: StoredModel | null, count?: Counted): LastImport['changed'] {
  const after = digestOf(model)
  if (before !== null && digestOf(before) === after) return []
  return [{ id: model.id, name: model.name, before, after, widened: count?.widened ?? { host: '', keyIds: [] } }]
}

function addedModel(draft: SafeDraft, entry: IncomingModel, { newId }: TakeOverDeps): StoredModel {
  const { name, provider, temperature } = entry
  const { url } = parseApiBase(entry.apiBase)
  endAliases(draft.models, name)
  const fields = { name, provider, apiBase: url, temperature, strategy: 'round-robin' as const }
  const model = storedModel(ModelId.parse(newId()), fields)
  draft.models.push(model)
  return model
}

function takeOne(draft: SafeDraft, model: StoredModel, entry: IncomingModel, deps: TakeOverDeps): Counted {
  const { host } = parseApiBase(entry.apiBase)
  const fingerprints = entry.keys.map(({ secret }) => deps.fingerprint(secret))
  askAboutHosts(draft, fingerprints, host, deps.mayMove)
  const strangers = secretIdsOf(model).filter((id) => !draft.mayGoTo(id, host))
  rehost(draft, model, entry.apiBase, deps.mayMove)
  const widened = { host, keyIds: strangers.filter((id) => draft.mayGoTo(id, host)) }
  changeFields(model, entry)
  const added = addNewKeys(draft, model, entry.keys, deps.fingerprint, deps.newId, deps.nowMs).length
  const removed = entry.mode === 'merge' ? 0 : keepOnly(draft, model, fingerprints, deps.nowMs)
  return { added, removed, widened }
}

function changeFields(model: StoredModel, { provider, temperature, extra, mode }: IncomingModel): void {
  const isExact = mode === 'exact'
  model.provider = isExact ? provider : (provider ?? model.provider)
  model.temperature = isExact ? temperature : (temperature ?? model.temperature)
  model.extra = { ...model.extra, ...extra }
}

function removeToBin(draft: SafeDraft, id: ModelId, nowMs: number): void {
  const { name } = theModel(draft.models, id)
  removeModel(draft.models, id, nowMs)
  draft.note('delete', name)
}

/** Puts the keys in use into the order of these fingerprints and the others into the bin; says how many those were. */
function keepOnly(draft: SafeDraft, model: StoredModel, fingerprints: readonly string[], nowMs: number): number {
  const places = new Map(fingerprints.map((fingerprint, place) => [fingerprint, place]))
  const placeOf = (id: KeyId) => places.get(draft.fingerprintOf(id) ?? '') ?? -1
  const others = inUse(model.keys).filter(({ id }) => placeOf(id) === -1)
  const ids = others.map(({ id }) => id)
  removeKeys(model, ids, nowMs)
  for (const key of others) draft.note('delete', subjectOf(model, key))
  const ordered = inUse(model.keys).toSorted((a, b) => placeOf(a.id) - placeOf(b.id))
  model.keys = [...ordered, ...model.keys.filter(({ deletedAtMs }) => deletedAtMs !== null)]
  return ids.length
}
