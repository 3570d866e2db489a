import { t } from 'i18next'
import type { KeyId, ModelId } from '../../../shared/identity.ts'
import type { KeyEdit, NewKey } from '../../../shared/key.ts'
import type { ModelEdit, NewModel } from '../../../shared/model.ts'
import { client } from '../../app/client.ts'
import { useModels } from '../../app/models-store.ts'
import { attempt, showDone, showUndo } from '../../app/toast.tsx'

/** What can be done to models and their keys. Each asks main and then shows what main says, never what was clicked. */

const refresh = () => useModels.getState().refresh()

async function thenRefresh<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } finally {
    await refresh()
  }
}

export const addKeys = (modelId: ModelId, keys: NewKey[]) => thenRefresh(client.keys.add({ modelId, keys }))

export const editKey = (modelId: ModelId, id: KeyId, edit: KeyEdit) =>
  thenRefresh(client.keys.edit({ modelId, id, edit }))

export const moveKey = (modelId: ModelId, id: KeyId, toIndex: number) =>
  thenRefresh(client.keys.move({ modelId, id, toIndex }))

export const setPaused = (modelId: ModelId, ids: KeyId[], paused: boolean) =>
  attempt(() => thenRefresh(client.keys.setPaused({ modelId, ids, paused })))

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
