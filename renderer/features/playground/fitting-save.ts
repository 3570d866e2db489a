import { ORPCError } from '@orpc/client'
import { maxRequestBytes } from '../../../shared/chat-limits.ts'
import type { ConversationChange } from '../../../shared/conversation.ts'

type Save = (change: ConversationChange) => Promise<{ revision: number }>

/** Refuses here, in main's own words, what main would refuse: a message too large ends the connection, and every answer with it. */
export const fittingSave =
  (save: Save): Save =>
  (change) =>
    new Blob([JSON.stringify(change)]).size > maxRequestBytes ? Promise.reject(conversationFull()) : save(change)

const conversationFull = () =>
  new ORPCError('CONVERSATION_FULL', { defined: true, data: { mebibytes: maxRequestBytes / 1024 / 1024 } })
