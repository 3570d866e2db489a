import { t } from 'i18next'
import { create } from 'zustand'
import type { NetworkStatus, ProxyChange } from '../../../shared/network.ts'
import { client } from '../../app/client.ts'
import { useSettings } from '../../app/settings-store.ts'
import { attempt, showDone, showUndo } from '../../app/toast.tsx'
import { kept } from './proxy-draft.ts'

interface NetworkStore {
  /** Null until main has answered. */
  status: NetworkStatus | null
  load: () => Promise<void>
  /** Changes it, and offers to change it back; a password that was replaced is not kept for that. */
  change: (change: ProxyChange) => Promise<void>
}

export const useNetwork = create<NetworkStore>((set, get) => ({
  status: null,
  load: async () => set({ status: await client.network.status() }),
  async change(change) {
    const before = get().status
    const save = async (to: ProxyChange) => set({ status: await client.network.set(to) })
    await save(change)
    const said = t(`settings:network.changed.${change.mode}`)
    if (before === null || change.password !== undefined) showDone(said)
    else showUndo(said, () => save(kept(before)))
  },
}))

// Whichever page changed it.
useSettings.subscribe(({ settings }, before) => {
  const { status, load } = useNetwork.getState()
  if (status !== null && settings.proxy !== before.settings.proxy) attempt(load)
})
