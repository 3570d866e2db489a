import type OpenAI from 'openai'
import { sentMessage as messageOf, sentParameters as parametersOf } from '../../shared/chat-request.ts'
import type { ChatMessage, ChatParameters } from '../../shared/chat.ts'

type SentParameters = Omit<Partial<OpenAI.ChatCompletionCreateParamsStreaming>, 'model' | 'messages' | 'stream'>

/** The shared rules in the SDK's types, which name less than providers take. */
export const sentMessage = (message: ChatMessage) => messageOf(message) as unknown as OpenAI.ChatCompletionMessageParam

/** A field written by hand never takes the place of one with a place of its own. */
export const sentParameters = ({ extra, ...parameters }: ChatParameters): SentParameters => ({
  ...extra,
  ...parametersOf(parameters),
})
