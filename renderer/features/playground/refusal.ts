import { maxMessageLength, maxRequestBytes } from '../../../shared/chat-limits.ts'
import type { ChatContent, ChatMessage, ContentPart } from '../../../shared/chat.ts'

/** Why a question was not sent, before anything of it left the page. */
export type Refusal =
  | { kind: 'empty' }
  | { kind: 'long'; characters: number }
  | { kind: 'large'; bytes: number; hasImages: boolean }

export const isEmptyContent = (content: ChatContent): boolean =>
  typeof content === 'string'
    ? content.trim() === ''
    : content.every((part) => part.type === 'text' && part.text.trim() === '')

/** What is too much for one request; earlier messages count, because they are sent again. */
export function tooMuch(messages: readonly ChatMessage[]): Refusal | null {
  const parts = messages.flatMap(partsOf)
  const characters = Math.max(0, ...parts.map((part) => (part.type === 'text' ? part.text.length : 0)))
  if (characters > maxMessageLength) return { kind: 'long', characters }
  const bytes = parts.reduce((sum, part) => sum + sentBytes(part), 0)
  return bytes > maxRequestBytes
    ? { kind: 'large', bytes, hasImages: parts.some(({ type }) => type === 'image') }
    : null
}

const partsOf = ({ content }: ChatMessage): readonly ContentPart[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content

/** An image is sent in letters that take a byte each; a text as JSON, which escapes some of it. */
const sentBytes = (part: ContentPart): number =>
  part.type === 'image' ? part.dataUrl.length : new Blob([JSON.stringify(part.text)]).size
