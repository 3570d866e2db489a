import { ORPCError } from '@orpc/client'
import { maxRequestBytes } from '../../../shared/chat-limits.ts'
import { withImagesApart } from '../../../shared/kept-images.ts'
import type { ConversationChange } from '../../../shared/conversation.ts'

type Save = (change: ConversationChange) => Promise<{ revision: number }>

/** Refuses here, in main's own words, what main would refuse: a message too large ends the connection, and every answer with it. */
export const fittingSave =
  (save: Save): Save =>
  (change) => {
    const sent = withImagesApart(change)
    return new Blob([JSON.stringify(sent)]).size > maxRequestBytes ? Promise.reject(conversationFull()) : save(sent)
  }

const conversationFull = () =>
  new ORPCError('CONVERSATION_FULL', { defined: true, data: { mebibytes: maxRequestBytes / 1024 / 1024 } })
