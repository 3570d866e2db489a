import type { ConversationId } from '../../../shared/conversation.ts'
import { withImagesInPlace } from '../../../shared/kept-images.ts'
import { client } from '../../app/client.ts'
import { procedureFailure } from '../../app/failure-message.ts'
import { saveText } from '../../app/save-text.ts'
import { attempt, showUndo } from '../../app/toast.tsx'
import { asMarkdown, fileNameOf, type ExportWords } from './export-conversation.ts'
import { comeback, keeper, playground } from './use-playground.ts'

export type { ExportWords }

const loaded = async (id: ConversationId) => withImagesInPlace(await client.conversations.get({ id }))

/** Shows a conversation; what is on the page is saved before. The one that was asked for last is shown. */
export const openConversation = (id: ConversationId): void => attempt(() => show(id))

async function show(id: ConversationId): Promise<void> {
  const { conversation, setOpening } = playground.getState()
  setOpening(conversation.id === id ? null : id)
  if (conversation.id === id) return
  const isStillWanted = () => playground.getState().opening === id
  try {
    await keeper.flush()
    const opened = await loaded(id)
    if (isStillWanted()) keeper.open(opened)
  } finally {
    if (isStillWanted()) setOpening(null)
  }
}

/** Shows what this window showed last; one that was deleted since is not missed. */
export const comeBack = (): void =>
  attempt(() =>
    comeback.comeBack(async (id) => {
      try {
        await show(id)
      } catch (error) {
        if (procedureFailure(error)?.code !== 'CONVERSATION_NOT_FOUND') throw error
        return false
      }
      return true
    }),
  )

export function renameConversation(id: ConversationId, title: string): void {
  attempt(async () => {
    await client.conversations.rename({ id, title })
    playground.setState(({ conversation }) => ({
      conversation: conversation.id === id ? { id, title: title.trim() } : conversation,
    }))
  })
}

export function deleteConversation(id: ConversationId, done: string): void {
  attempt(async () => {
    await keeper.leave(id)
    await client.conversations.remove({ id })
    showUndo(done, () => client.conversations.restore({ id }))
  })
}

export function exportConversation(id: ConversationId, format: 'markdown' | 'json', words: ExportWords): void {
  attempt(async () => {
    await keeper.flush()
    const conversation = await loaded(id)
    const name = fileNameOf(conversation.title || words.untitled)
    if (format === 'markdown') saveText([asMarkdown(conversation, words)], `${name}.md`, 'text/markdown')
    else saveText([JSON.stringify(conversation, null, 2), '\n'], `${name}.json`, 'application/json')
  })
}
