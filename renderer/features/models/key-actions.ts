import { t } from 'i18next'
import type { KeyId, ModelId } from '../../../shared/identity.ts'
import type { KeyChange, KeyView, NewKey } from '../../../shared/key.ts'
import type { HeaderRow, HeaderView } from '../../../shared/model-headers.ts'
import type { ModelEdit, ModelView, NewModel } from '../../../shared/model.ts'
import { client } from '../../app/client.ts'
import { useModels } from '../../app/models-store.ts'
import { attempt, noteUndo, showDone, showUndo } from '../../app/toast.tsx'
import { masked } from './masked.ts'
import { undoOf } from './key-draft.ts'
import { undoOfEdit } from './model-draft.ts'
import { pausesOf, type Pause } from './pauses.ts'

/** What can be done to models and their keys. Each asks main and then shows what main says, never what was clicked. */

const refresh = () => useModels.getState().refresh()

async function thenRefresh<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } finally {
    await refresh()
  }
}

/** All of those that are new, or none. */
export async function addKeys(modelId: ModelId, keys: NewKey[]): Promise<KeyId[]> {
  return (await thenRefresh(client.keys.add({ modelId, keys }))).ids
}

/** Puts keys that were just added into the bin. */
export const takeBackKeys = (modelId: ModelId, ids: KeyId[]) => thenRefresh(client.keys.remove({ modelId, ids }))

/** One field, in place: what it says now is plain to see. */
export async function editKey(model: ModelView, key: KeyView, change: KeyChange): Promise<void> {
  const edit = (to: KeyChange) => thenRefresh(client.keys.edit({ modelId: model.id, id: key.id, edit: to }))
  const back = undoOf(change, key)
  await edit(change)
  noteUndo(t('models:terms.saved', { label: change.label ?? key.label }), () => edit(back))
}

/** A new secret in the place of the old one, which is kept for a while; of many in a row only the first is. */
export async function replaceSecret(model: ModelView, key: KeyView, secret: string): Promise<void> {
  const modelId = model.id
  const { id, label, replaced } = key
  await thenRefresh(client.keys.edit({ modelId, id, edit: { secret } }))
  if (replaced !== null) return showDone(t('models:replacedAgain', { label, old: masked(replaced.lastFour) }))
  showUndo(t('models:replaced', { label }), () => thenRefresh(client.keys.restoreSecret({ modelId, id })))
}

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

/** Says where the key went, and offers the whole order that was, whatever came between. */
export async function moveKey(model: ModelView, { id, toIndex }: Move, tell: typeof showUndo): Promise<string> {
  const order = model.keys.map((key) => key.id)
  const label = model.keys.find((key) => key.id === id)?.label ?? ''
  const said = t('models:moved', { label, place: toIndex + 1, of: order.length })
  await thenRefresh(client.keys.move({ modelId: model.id, id, toIndex }))
  tell(said, () => orderKeys(model.id, order))
  return said
}

interface Move {
  id: KeyId
  toIndex: number
}

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
  const message =
    stayed > 0
      ? t('failures:joined', { cause: said, next: t('models:stayed', { count: stayed, model: to.name }) })
      : said
  if (moved.length === 0) return showDone(message)
  showUndo(message, async () => {
    await move(to.id, moved, from.id, true)
    await orderKeys(from.id, order)
  })
}

const pause = (modelId: ModelId, { ids, paused, untilMs }: Pause) =>
  thenRefresh(client.keys.setPaused(untilMs === null ? { modelId, ids, paused } : { modelId, ids, paused, untilMs }))

/** Pauses keys or lets them work again, and offers to put each back to how it was. */
export function setPaused(modelId: ModelId, ids: KeyId[], paused: boolean, untilMs: number | null = null): void {
  const keys = useModels.getState().models.find(({ id }) => id === modelId)?.keys ?? []
  const before = pausesOf(keys.filter(({ id }) => ids.includes(id)))
  attempt(async () => {
    await pause(modelId, { ids, paused, untilMs })
    showUndo(t(paused ? 'models:pausedKeys' : 'models:resumedKeys', { count: ids.length }), async () => {
      for (const one of before) await pause(modelId, one)
    })
  })
}

/** Keys that stand in the page until main has answered: a second click on them removes nothing more. */
const going = new Set<KeyId>()

export function removeKeys(modelId: ModelId, chosen: KeyId[]): void {
  const ids = chosen.filter((id) => !going.has(id))
  if (ids.length === 0) return
  for (const id of ids) going.add(id)
  attempt(async () => {
    await thenRefresh(client.keys.remove({ modelId, ids })).finally(() => ids.forEach((id) => going.delete(id)))
    showUndo(t('models:removedKeys', { count: ids.length }), () => thenRefresh(client.keys.restore({ modelId, ids })))
  })
}

/** Adds a model, with the keys that were pasted for it by then, and offers to take both back. */
export async function addModel(model: NewModel, keys: NewKey[]): Promise<ModelId> {
  const { id } = await thenRefresh(client.models.add({ ...model, keys }))
  showUndo(t('models:added', { name: model.name.trim() }), () => thenRefresh(client.models.remove({ id })))
  return id
}

/** Changes a model, and offers to change it back; the host it had is one that its keys were given for. */
export async function editModel(
  model: ModelView,
  edit: ModelEdit,
  allowNewHost: boolean,
  said = t('models:saved', { name: edit.name ?? model.name }),
): Promise<void> {
  const { id } = model
  const back = undoOfEdit(edit, model)
  await thenRefresh(client.models.edit({ id, edit, allowNewHost }))
  showUndo(said, () => thenRefresh(client.models.edit({ id, edit: back, allowNewHost: true })))
}

let lastHeaders: Promise<unknown> = Promise.resolve()

/**
 * Makes other rows of the headers of a model; what they leave out is kept for as long as it can be undone. One change
 * follows the other, to what the one before has left: a row that it took away would come back with the next, or be
 * forgotten by it. Null changes nothing.
 */
export function editHeaders(
  model: ModelView,
  rowsOf: (headers: readonly HeaderView[]) => HeaderRow[] | null,
  said: string,
): Promise<void> {
  const edit = lastHeaders.then(() => {
    const now = useModels.getState().models.find(({ id }) => id === model.id) ?? model
    const headers = rowsOf(now.headers)
    return headers === null ? undefined : editModel(now, { headers }, false, said)
  })
  lastHeaders = edit.catch(() => undefined)
  return edit
}

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
