import { create } from 'zustand'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { RehearsalStatus } from '../../shared/rehearsal.ts'
import { client } from './client.ts'

interface RehearsalStore {
  /** What main reports; null until it has answered. */
  status: RehearsalStatus | null
  refresh: () => Promise<void>
  /** Runs a call that answers with the status, and takes it. */
  become: (call: Promise<RehearsalStatus>) => Promise<void>
  /** Reads again when main says that something changed. */
  take: (events: readonly LiveEvent[]) => void
}

export const useRehearsal = create<RehearsalStore>((set, get) => {
  let generation = 0
  const become = async (call: Promise<RehearsalStatus>) => {
    const mine = ++generation
    const status = await call
    if (mine === generation) set({ status })
  }
  return {
    status: null,
    become,
    refresh: () => become(client.rehearsal.status()),
    take(events) {
      if (!events.some(({ kind }) => kind === 'rehearsal-changed')) return
      // A page that lost main shows that in its own place, and asks again when it is back.
      void get()
        .refresh()
        .catch(() => undefined)
    },
  }
})
