import type OpenAI from 'openai'
import type { ChatMessage, ChatParameters, ContentPart } from '../../shared/chat.ts'

type Sent = OpenAI.ChatCompletionMessageParam
type SentPart = OpenAI.ChatCompletionContentPart
type SentParameters = Omit<Partial<OpenAI.ChatCompletionCreateParamsStreaming>, 'model' | 'messages' | 'stream'>

/** A message in the API's words. */
export function sentMessage(message: ChatMessage): Sent {
  if (message.role !== 'user' || typeof message.content === 'string') return message as Sent
  return { role: 'user', content: message.content.map(sentPart) }
}

const sentPart = (part: ContentPart): SentPart =>
  part.type === 'text' ? { type: 'text', text: part.text } : { type: 'image_url', image_url: { url: part.dataUrl } }

/** Only what a person has set. A field written by hand never takes the place of one with a place of its own. */
export function sentParameters({ extra, ...parameters }: ChatParameters): SentParameters {
  const named = {
    temperature: parameters.temperature,
    top_p: parameters.topP,
    max_tokens: parameters.maxTokens,
    stop: parameters.stop,
    presence_penalty: parameters.presencePenalty,
    frequency_penalty: parameters.frequencyPenalty,
    seed: parameters.seed,
    reasoning_effort: parameters.reasoningEffort,
  }
  const set = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
  return { ...extra, ...set }
}
