import { create } from 'zustand'
import type { LinkedFileView } from '../../shared/linked-file.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import { client } from './client.ts'

interface LinkedFilesStore {
  files: readonly LinkedFileView[]
  /** Reads what main knows already. */
  refresh: () => Promise<void>
  /** Lets main look at every file now: a file can change where nobody is told of it. */
  check: () => Promise<void>
  take: (events: readonly LiveEvent[]) => void
}

/** Someone changed a file outside: the one thing about linked files that a person must come and see. */
export const hasOutsideChange = ({ files }: Pick<LinkedFilesStore, 'files'>): boolean =>
  files.some(({ state }) => state.kind === 'differs' && state.file + state.conflicts > 0)

const changesList = ({ kind }: LiveEvent) => kind === 'linked-files-changed' || kind === 'vault-changed'

export const useLinkedFiles = create<LinkedFilesStore>((set, get) => ({
  files: [],
  refresh: async () => set({ files: await client.linked.list() }),
  check: async () => set({ files: await client.linked.check() }),
  take(events) {
    // The next change asks again; a page that lost main shows that in its own place.
    if (events.some(changesList))
      void get()
        .refresh()
        .catch(() => undefined)
  },
}))
