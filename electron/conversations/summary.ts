import type { ChatContent } from '../../shared/chat.ts'
import type { Conversation, ConversationSummary, MessageNode } from '../../shared/conversation.ts'

/** What is known of a conversation without reading its file again. */
export interface Entry {
  readonly summary: ConversationSummary
  /** What a search looks through, one message after the other. */
  readonly texts: readonly string[]
}

export function entryOf({ id, title, createdAtMs, updatedAtMs, panes }: Conversation): Entry {
  const messages = [...new Map(panes.flatMap((pane) => pane.messages).map((message) => [message.id, message])).values()]
  const models = [...new Set(messages.flatMap((message) => (message.kind === 'answer' ? [message.modelName] : [])))]
  return {
    summary: { id, title, createdAtMs, updatedAtMs, messages: messages.length, models },
    texts: messages.map(textOf),
  }
}

const textOf = (message: MessageNode): string =>
  message.kind === 'answer' ? message.answer.text : plainText(message.content)

/** The words of a question; its images have none. */
export const plainText = (content: ChatContent): string =>
  typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
