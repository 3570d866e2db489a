import { create } from 'zustand'
import type { JournalStatus } from '../../shared/activity.ts'
import { client } from './client.ts'

interface JournalStore {
  status: JournalStatus | null
  refresh: () => Promise<void>
}

/** How the journal stands, as main last reported it. */
export const useJournalStatus = create<JournalStore>((set) => ({
  status: null,
  refresh: async () => set({ status: await client.activity.status() }),
}))
