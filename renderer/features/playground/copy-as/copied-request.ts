import { sentMessage, sentParameters } from '../../../../shared/chat-request.ts'
import type { ChatContent, ChatMessage, ChatParameters } from '../../../../shared/chat.ts'
import type { SnippetRequest } from '../../../app/snippet-text.ts'

/** The request that the next message would make; without one, the last that was made. */
export function copiedRequest(
  earlier: readonly ChatMessage[],
  draft: ChatContent,
  { extra = {}, ...parameters }: ChatParameters,
): SnippetRequest | undefined {
  const messages = draft === '' ? upToLastQuestion(earlier) : [...earlier, { role: 'user' as const, content: draft }]
  const isPlain = messages.length === 0 && Object.keys(parameters).length === 0 && Object.keys(extra).length === 0
  if (isPlain) return undefined
  const asked: readonly ChatMessage[] = messages.length === 0 ? [{ role: 'user', content: 'Hello' }] : messages
  return { messages: asked.map(sentMessage), parameters: sentParameters(parameters), extra }
}

/** A system prompt alone asks nothing. */
function upToLastQuestion(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const last = messages.findLastIndex(({ role }) => role === 'user')
  if (last !== -1) return messages.slice(0, last + 1)
  return messages.length === 0 ? [] : [...messages, { role: 'user', content: 'Hello' }]
}
