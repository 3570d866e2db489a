import { withImagesApart, withImagesInPlace } from '../../shared/kept-images.ts'
import type { Conversations } from '../conversations/conversations.ts'
import type { Presets } from '../conversations/presets.ts'
import type { Implementer } from './implementer.ts'

export interface ConversationServices {
  conversations: Conversations
  presets: Presets
}

export function conversationProcedures(os: Implementer, { conversations, presets }: ConversationServices) {
  const group = os.conversations
  return {
    conversations: {
      list: group.list.handler(() => conversations.list()),
      get: group.get.handler(async ({ input }) => withImagesApart(await conversations.get(input.id))),
      save: group.save.handler(async ({ input }) => ({ revision: await conversations.save(withImagesInPlace(input)) })),
      rename: group.rename.handler(({ input }) => conversations.rename(input.id, input.title)),
      remove: group.remove.handler(({ input }) => conversations.remove(input.id)),
      restore: group.restore.handler(({ input }) => conversations.restore(input.id)),
      search: group.search.handler(({ input }) => conversations.search(input.words)),
      presets: group.presets.handler(() => presets.list()),
      savePreset: group.savePreset.handler(({ input }) => presets.save(input)),
      removePreset: group.removePreset.handler(({ input }) => presets.remove(input.id)),
    },
  }
}
