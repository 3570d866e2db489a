import { t } from 'i18next'
import { useEffect } from 'react'
import { create } from 'zustand'
import type { BinModel, Purge, Purged } from '../../../shared/bin.ts'
import { client } from '../../app/client.ts'
import { useModels } from '../../app/models-store.ts'
import { showReadFailure, showUndo } from '../../app/toast.tsx'
import { shapeOf, type BinKey } from './bin-contents.ts'

/** The address that opens the bin. */
export const binAddress = 'bin'

/** What was deleted and can come back, as main keeps it. */
interface BinStore {
  models: readonly BinModel[]
  refresh: () => Promise<void>
}

export const useBin = create<BinStore>((set) => ({
  models: [],
  refresh: async () => set({ models: await client.bin.list() }),
}))

/** Reads the bin anew when what is in use has changed: it went there or came from there, in this window or another. */
export function useBinFollows(): void {
  useEffect(() => {
    const load = () => void useBin.getState().refresh().catch(showReadFailure)
    load()
    return useModels.subscribe((store, before) => {
      if (store.models !== before.models && shapeOf(store.models) !== shapeOf(before.models)) load()
    })
  }, [])
}

async function thenRefresh<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } finally {
    await Promise.all([useModels.getState().refresh(), useBin.getState().refresh()])
  }
}

/** Brings a model back with its keys, and offers to put it away again. */
export async function restoreModel({ id, name }: BinModel): Promise<void> {
  await thenRefresh(client.models.restore({ id }))
  showUndo(t('models:bin.restoredModel', { name }), () => thenRefresh(client.models.remove({ id })))
}

/** Brings keys back into a model in use, says which stayed because it holds them by now, and offers to take it back. */
export async function restoreKeys({ id: modelId, name }: BinModel, keys: readonly BinKey[]): Promise<void> {
  const { stayed } = await thenRefresh(client.keys.restore({ modelId, ids: keys.map(({ id }) => id) }))
  const back = keys.filter(({ id }) => !stayed.includes(id))
  const cause = t('models:bin.restoredKeys', { count: back.length, label: back[0]?.label ?? '', model: name })
  const next = t('models:bin.stayedKeys', { count: stayed.length, model: name })
  const said = stayed.length === 0 ? cause : t('failures:joined', { cause, next })
  if (back.length === 0) return
  showUndo(said, () => thenRefresh(client.keys.remove({ modelId, ids: back.map(({ id }) => id) })))
}

export const purge = (wanted: Purge): Promise<Purged> => thenRefresh(client.bin.purge(wanted))
