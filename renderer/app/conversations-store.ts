import { create } from 'zustand'
import type { ConversationList } from '../../shared/conversation.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { VaultStatus } from '../../shared/vault.ts'
import { client } from './client.ts'
import { useVault } from './vault-store.ts'

interface ConversationsStore extends ConversationList {
  /** False until the first list has arrived. */
  loaded: boolean
  refresh: () => Promise<void>
  take: (events: readonly LiveEvent[]) => void
  /** What was read while the vault was open is not held by a page whose vault is locked. */
  forget: () => void
}

const none: ConversationList = { conversations: [], kept: 'vault', damaged: 0 }

const changesList = ({ kind }: LiveEvent) => kind === 'conversations-changed'

/** Elsewhere main would ask who is there, which it must not do because of something that happened by itself. */
export const canReadConversations = (status: VaultStatus | null): boolean =>
  status?.state === 'none' || (status?.state === 'unlocked' && status.interface === 'open')

/** What the playground's list shows; asked for when that is first opened, and followed from then on. */
export const useConversations = create<ConversationsStore>((set, get) => ({
  ...none,
  loaded: false,
  refresh: async () => set({ ...(await client.conversations.list()), loaded: true }),
  take(events) {
    if (!get().loaded || !events.some(changesList) || !canReadConversations(useVault.getState().status)) return
    // The next change asks again; a page that lost main, or whose vault is locked, shows that in its own place.
    void get()
      .refresh()
      .catch(() => undefined)
  },
  forget: () => set({ ...none, loaded: false }),
}))
