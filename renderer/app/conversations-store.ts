import { create } from 'zustand'
import type { ConversationList } from '../../shared/conversation.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import { client } from './client.ts'

interface ConversationsStore extends ConversationList {
  /** False until the first list has arrived. */
  loaded: boolean
  refresh: () => Promise<void>
  take: (events: readonly LiveEvent[]) => void
}

const none: ConversationList = { conversations: [], kept: 'vault', damaged: 0 }

const changesList = ({ kind }: LiveEvent) => kind === 'conversations-changed' || kind === 'vault-changed'

/** What the playground's list shows; asked for when that is first opened, and followed from then on. */
export const useConversations = create<ConversationsStore>((set, get) => ({
  ...none,
  loaded: false,
  async refresh() {
    try {
      set({ ...(await client.conversations.list()), loaded: true })
    } catch (error) {
      // What may not be read now is not shown either.
      set({ ...none, loaded: false })
      throw error
    }
  },
  take(events) {
    if (!get().loaded || !events.some(changesList)) return
    // The next change asks again; a page that lost main, or whose vault is locked, shows that in its own place.
    void get()
      .refresh()
      .catch(() => undefined)
  },
}))
