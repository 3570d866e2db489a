import { Failure } from '../../shared/failure.ts'
import type { KeyId, ModelId } from '../../shared/identity.ts'
import type { KeyEdit } from '../../shared/key.ts'
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

export function setPaused(model: StoredModel, ids: readonly KeyId[], paused: boolean): void {
  for (const id of ids) theKey(model, id).paused = paused
}

export function editKey(model: StoredModel, id: KeyId, edit: Omit<KeyEdit, 'secret'>): void {
  const key = theKey(model, id)
  if (edit.label !== undefined) key.label = edit.label
  if (edit.weight !== undefined) key.weight = edit.weight
}

export function removeKeys(model: StoredModel, ids: readonly KeyId[], atMs: number): void {
  for (const id of ids) theKey(model, id).deletedAtMs = atMs
}

/** Brings keys back from the bin, unless the same secret has been added again meanwhile. */
export function restoreKeys(
  model: StoredModel,
  ids: readonly KeyId[],
  fingerprintOf: (id: KeyId) => string | undefined,
): void {
  const present = new Set(inUse(model.keys).map((key) => fingerprintOf(key.id)))
  for (const key of model.keys) {
    if (ids.includes(key.id) && !present.has(fingerprintOf(key.id))) key.deletedAtMs = null
  }
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
