import { useEffect } from 'react'
import { create } from 'zustand'
import type { BinModel, Purged } from '../../../shared/bin.ts'
import { client } from '../../app/client.ts'
import { useModels } from '../../app/models-store.ts'
import { showReadFailure } from '../../app/toast.tsx'
import { purgeOf, shapeOf } from './bin-contents.ts'

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

export const restoreModel = (model: BinModel): Promise<void> => thenRefresh(client.models.restore({ id: model.id }))

export const restoreKeys = (model: BinModel): Promise<void> =>
  thenRefresh(client.keys.restore({ modelId: model.id, ids: model.keys.map((key) => key.id) }))

export const purge = (models: readonly BinModel[]): Promise<Purged> => thenRefresh(client.bin.purge(purgeOf(models)))
