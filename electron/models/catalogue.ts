import { Failure } from '../../shared/failure.ts'
import type { KeyId, ModelId } from '../../shared/identity.ts'
import type { KeyChange } from '../../shared/key.ts'
import type { StoredKey, StoredModel } from './stored-model.ts'

export { lastFourOf } from '../../shared/last-four.ts'

/** Plain rules over lists of models; whoever calls them decides where the result is kept. */

export const inUse = <T extends { deletedAtMs: number | null }>(items: readonly T[]): T[] =>
  items.filter((item) => item.deletedAtMs === null)

export function theModel(models: readonly StoredModel[], id: ModelId): StoredModel {
  const model = models.find((one) => one.id === id && one.deletedAtMs === null)
  if (!model) throw new Failure('MODEL_NOT_FOUND', {})
  return model
}

export function theKey(model: StoredModel, id: KeyId): StoredKey {
  const key = model.keys.find((one) => one.id === id && one.deletedAtMs === null)
  if (!key) throw new Failure('KEY_NOT_FOUND', {})
  return key
}

export const isCalled = ({ name, aliases }: StoredModel, wanted: string) => name === wanted || aliases.includes(wanted)

export function assertNameFree(models: readonly StoredModel[], name: string, except?: ModelId): void {
  const others = inUse(models).filter(({ id }) => id !== except)
  if (others.some((model) => isCalled(model, name))) {
    throw new Failure('MODEL_NAME_TAKEN', { name })
  }
}

/** Labels for keys that come without one: `acct-4` for the first free number from the count on, as people count. */
export function createLabels(keys: readonly StoredKey[]): () => string {
  const taken = new Set(inUse(keys).map((key) => key.label))
  let number = inUse(keys).length
  return () => {
    do number += 1
    while (taken.has(`acct-${number}`))
    return `acct-${number}`
  }
}

/** Moves a key among those in use; the ones in the bin keep their places. */
export function moveKey(model: StoredModel, id: KeyId, toIndex: number): void {
  const moving = theKey(model, id)
  const others = inUse(model.keys).filter((key) => key.id !== id)
  const ordered = others.toSpliced(Math.min(toIndex, others.length), 0, moving).values()
  model.keys = model.keys.map((key) => (key.deletedAtMs === null ? (ordered.next().value ?? key) : key))
}

/** Puts the keys in use into this order; one that is not named comes after those that are. */
export function orderKeys(model: StoredModel, ids: readonly KeyId[]): void {
  const places = new Map(ids.map((id, place) => [id, place]))
  const placeOf = ({ id }: StoredKey) => places.get(id) ?? ids.length
  const ordered = inUse(model.keys)
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .values()
  model.keys = model.keys.map((key) => (key.deletedAtMs === null ? (ordered.next().value ?? key) : key))
}

/** A pause ends at its time, or when a person ends it. */
export function setPaused(
  model: StoredModel,
  ids: readonly KeyId[],
  paused: boolean,
  untilMs: number | null = null,
): void {
  for (const id of ids) Object.assign(theKey(model, id), { paused, pausedUntilMs: paused ? untilMs : null })
}

export function editKey(model: StoredModel, id: KeyId, change: KeyChange): void {
  const key = theKey(model, id)
  const { label, weight, limits, account, expiresAtMs, note, tags } = change
  key.label = label ?? key.label
  key.weight = weight ?? key.weight
  key.limits = limits ?? key.limits
  key.account = account ?? key.account
  if (expiresAtMs !== undefined) key.expiresAtMs = expiresAtMs
  key.note = note ?? key.note
  key.tags = tags === undefined ? key.tags : [...new Set(tags)]
}

export function removeKeys(model: StoredModel, ids: readonly KeyId[], atMs: number): void {
  for (const id of ids) theKey(model, id).deletedAtMs = atMs
}

/** Brings keys back from the bin, unless the model holds their secret by now; says which of them stayed for that. */
export function restoreKeys(
  model: StoredModel,
  ids: readonly KeyId[],
  fingerprintOf: (id: KeyId) => string | undefined,
): KeyId[] {
  const wanted = new Set(ids)
  const present = new Set(inUse(model.keys).map((key) => fingerprintOf(key.id)))
  const deleted = model.keys.filter((key) => wanted.has(key.id) && key.deletedAtMs !== null)
  return deleted.flatMap((key) => {
    const fingerprint = fingerprintOf(key.id)
    if (present.has(fingerprint)) return [key.id]
    present.add(fingerprint)
    key.deletedAtMs = null
    return []
  })
}

export function removeModel(models: readonly StoredModel[], id: ModelId, atMs: number): void {
  theModel(models, id).deletedAtMs = atMs
}

export function restoreModel(models: readonly StoredModel[], id: ModelId): void {
  const model = models.find((one) => one.id === id)
  if (!model) throw new Failure('MODEL_NOT_FOUND', {})
  if (model.deletedAtMs === null) return
  assertNameFree(models, model.name, id)
  model.deletedAtMs = null
}
