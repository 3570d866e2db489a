// What is deleted stays in the bin with its secrets until a person purges it; a purge takes nothing that is in use.
import type { BinModel, Purge } from '../../shared/bin.ts'
import type { HeaderId, KeyId } from '../../shared/identity.ts'
import type { SafeDraft } from './key-safe.ts'
import { forgetHeaders } from './model-headers.ts'
import type { LastImport, StoredKey, StoredModel } from './stored-model.ts'

const isDeleted = ({ deletedAtMs }: { deletedAtMs: number | null }) => deletedAtMs !== null

export function binOf(models: readonly StoredModel[]): BinModel[] {
  return models.flatMap((model) => {
    const keys = isDeleted(model) ? model.keys : model.keys.filter(isDeleted)
    if (!isDeleted(model) && keys.length === 0) return []
    const { id, name, deletedAtMs } = model
    return [{ id, name, deletedAtMs, keys: keys.map(binKey) }]
  })
}

const binKey = ({ id, label, lastFour, deletedAtMs }: StoredKey) => ({ id, label, lastFour, deletedAtMs })

/** What a purge forgot: backups may still hold it. */
export interface Forgotten {
  keys: KeyId[]
  headers: HeaderId[]
}

/**
 * Removes them from the draft with every secret of theirs, and returns what they were. What a change of headers took
 * away is nowhere to be seen and goes with any purge.
 */
export function purgeBin(draft: SafeDraft, { modelIds, keyIds }: Purge): Forgotten {
  const isPurged = (model: StoredModel) => isDeleted(model) && modelIds.includes(model.id)
  const forgotten = draft.models.flatMap((model) => {
    const ofModel = isPurged(model) ? model.keys : model.keys.filter((key) => isPurgedKey(model, key))
    return ofModel.map((key) => key.id)
  })
  function isPurgedKey(model: StoredModel, key: StoredKey) {
    return keyIds.includes(key.id) && (isDeleted(key) || isDeleted(model))
  }
  for (const id of forgotten) draft.forget(id)
  const headers = draft.models.flatMap((model) => forgetHeaders(draft, model, isPurged(model) ? 'all' : 'taken away'))
  draft.models = draft.models.filter((model) => !isPurged(model))
  for (const model of draft.models) model.keys = model.keys.filter((key) => !forgotten.includes(key.id))
  if (isAbout(draft.lastImport, forgotten)) draft.lastImport = null
  draft.note('purge', `${forgotten.length} keys`)
  return { keys: forgotten, headers }
}

/** What is forgotten for good is not kept for an undo either, which could not bring it back. */
function isAbout(lastImport: LastImport | null, forgotten: readonly KeyId[]): boolean {
  const purged = new Set(forgotten)
  return lastImport?.changed.some(({ before }) => before?.keys.some(({ id }) => purged.has(id))) ?? false
}
