import { t } from 'i18next'
import type { KeyId, ModelId } from '../../../shared/identity.ts'
import type { KeyChange, KeyEdit, NewKey } from '../../../shared/key.ts'
import type { ModelEdit, ModelView, NewModel } from '../../../shared/model.ts'
import { client } from '../../app/client.ts'
import { procedureFailure } from '../../app/failure-message.ts'
import { useModels } from '../../app/models-store.ts'
import { attempt, showDone, showUndo } from '../../app/toast.tsx'
import { undoOf } from './key-draft.ts'
import { inParts } from './known-secrets.ts'

/** What can be done to models and their keys. Each asks main and then shows what main says, never what was clicked. */

const refresh = () => useModels.getState().refresh()

async function thenRefresh<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } finally {
    await refresh()
  }
}

/** In parts of a size that the contract takes. When every key of a part is there already the next one goes on. */
export function addKeys(modelId: ModelId, keys: NewKey[]): Promise<KeyId[]> {
  const addPart = async (part: NewKey[]) => {
    try {
      return (await client.keys.add({ modelId, keys: part })).ids
    } catch (error) {
      if (part.length < keys.length && procedureFailure(error)?.code === 'DUPLICATE_KEY') return []
      throw error
    }
  }
  return thenRefresh(inParts(keys, addPart))
}

/** Puts keys that were just added into the bin. */
export const takeBackKeys = (modelId: ModelId, ids: KeyId[]) => thenRefresh(client.keys.remove({ modelId, ids }))

export const editKey = (modelId: ModelId, id: KeyId, edit: KeyEdit) =>
  thenRefresh(client.keys.edit({ modelId, id, edit }))

/** Changes keys in one go, and offers to change them back. */
export async function editKeys(model: ModelView, edits: readonly KeyEditOf[], said: string): Promise<void> {
  const byId = new Map(model.keys.map((key) => [key.id, key]))
  const back = edits.flatMap(({ id, change }) => {
    const key = byId.get(id)
    return key === undefined ? [] : [{ id, change: undoOf(change, key) }]
  })
  const save = (changes: readonly KeyEditOf[]) =>
    thenRefresh(client.keys.editMany({ modelId: model.id, edits: [...changes] }))
  await save(edits)
  showUndo(said, () => save(back))
}

export interface KeyEditOf {
  id: KeyId
  change: KeyChange
}

export const moveKey = (modelId: ModelId, id: KeyId, toIndex: number) =>
  thenRefresh(client.keys.move({ modelId, id, toIndex }))

export const orderKeys = (modelId: ModelId, ids: KeyId[]) => thenRefresh(client.keys.order({ modelId, ids }))

/** Gives keys to another model; taking it back puts them where they were. */
export async function moveKeysTo(from: ModelView, ids: KeyId[], to: ModelView, allowNewHost: boolean): Promise<void> {
  const order = from.keys.map(({ id }) => id)
  const move = (modelId: ModelId, which: KeyId[], toModelId: ModelId, allow: boolean) =>
    client.keys.moveTo({ modelId, ids: which, toModelId, allowNewHost: allow })
  const { ids: moved } = await thenRefresh(move(from.id, ids, to.id, allowNewHost))
  const values = { count: moved.length, model: to.name }
  const stayed = ids.length - moved.length
  const said = t('models:movedTo', values)
  const message = stayed > 0 ? `${said} ${t('models:stayed', { count: stayed, model: to.name })}` : said
  if (moved.length === 0) return showDone(message)
  showUndo(message, async () => {
    await move(to.id, moved, from.id, true)
    await orderKeys(from.id, order)
  })
}

/** Reordering is taken back with the whole order, whatever came between. */
export function showOrderUndo(model: ModelView, said: string): void {
  const order = model.keys.map(({ id }) => id)
  showUndo(said, () => orderKeys(model.id, order))
}

export const setPaused = (modelId: ModelId, ids: KeyId[], paused: boolean, untilMs?: number) =>
  attempt(() =>
    thenRefresh(
      client.keys.setPaused(untilMs === undefined ? { modelId, ids, paused } : { modelId, ids, paused, untilMs }),
    ),
  )

export function removeKeys(modelId: ModelId, ids: KeyId[]): void {
  attempt(async () => {
    await thenRefresh(client.keys.remove({ modelId, ids }))
    showUndo(t('models:removedKeys', { count: ids.length }), () => thenRefresh(client.keys.restore({ modelId, ids })))
  })
}

export const addModel = (model: NewModel) => thenRefresh(client.models.add(model))

export const editModel = (id: ModelId, edit: ModelEdit, allowNewHost: boolean) =>
  thenRefresh(client.models.edit({ id, edit, allowNewHost }))

export function removeModel(id: ModelId, name: string): void {
  attempt(async () => {
    await thenRefresh(client.models.remove({ id }))
    showUndo(t('models:removedModel', { name }), () => thenRefresh(client.models.restore({ id })))
  })
}

export const restoreSecret = (modelId: ModelId, id: KeyId, label: string) =>
  attempt(async () => {
    await thenRefresh(client.keys.restoreSecret({ modelId, id }))
    showDone(t('models:wentBack', { label }))
  })
