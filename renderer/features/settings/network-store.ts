import { t } from 'i18next'
import { create } from 'zustand'
import type { NetworkStatus, ProxyChange } from '../../../shared/network.ts'
import { client } from '../../app/client.ts'
import { useSettings } from '../../app/settings-store.ts'
import { attempt, showDone, showUndo } from '../../app/toast.tsx'
import { backTo } from './proxy-draft.ts'

interface NetworkStore {
  /** Null until main has answered. */
  status: NetworkStatus | null
  /** How often it was changed here: what was found out before holds no longer. */
  changes: number
  load: () => Promise<void>
  /** Changes it, and offers to change it back. */
  change: (change: ProxyChange) => Promise<void>
}

export const useNetwork = create<NetworkStore>((set, get) => ({
  status: null,
  changes: 0,
  load: async () => set({ status: await client.network.status() }),
  async change(change) {
    const before = get().status
    const save = async (to: ProxyChange) => {
      const status = await client.network.set(to)
      set({ status, changes: get().changes + 1 })
    }
    await save(change)
    const said = t(`settings:network.changed.${change.mode}`)
    if (before === null) showDone(said)
    else showUndo(said, () => save(backTo(before, change)))
  },
}))

// Whichever page changed it.
useSettings.subscribe(({ settings }, before) => {
  const { status, load } = useNetwork.getState()
  if (status !== null && settings.proxy !== before.settings.proxy) attempt(load)
})
