import type { ChatMessage, ChatParameters, ContentPart } from './chat.ts'

/** A message as OpenAI's API takes it. */
export function sentMessage(message: ChatMessage): Record<string, unknown> {
  if (message.role !== 'user' || typeof message.content === 'string') return message
  return { role: 'user', content: message.content.map(sentPart) }
}

const sentPart = (part: ContentPart) =>
  part.type === 'text' ? { type: 'text', text: part.text } : { type: 'image_url', image_url: { url: part.dataUrl } }

/** Only what a person has set. */
export function sentParameters(parameters: Omit<ChatParameters, 'extra'>): Record<string, unknown> {
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
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
}
