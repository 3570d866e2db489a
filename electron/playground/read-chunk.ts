import type { ChatEvent } from '../../shared/chat.ts'
import { asRecord } from '../rotation/classification/provider-error.ts'

/** A piece of an answer as it came: a provider may put anything where the schema wants text, and what is not text is no output. */
export interface ReadChunk {
  output: ChatEvent[]
  finishReason: string | null
}

export function readChunk(chunk: unknown): ReadChunk {
  const choices = asRecord(chunk)?.['choices']
  const choice = Array.isArray(choices) ? asRecord(choices[0]) : undefined
  const delta = asRecord(choice?.['delta'])
  const output: ChatEvent[] = []
  // Not in OpenAI's schema: DeepSeek, Zhipu and SiliconFlow send `reasoning_content`, OpenRouter `reasoning`.
  const reasoning = textOf(delta?.['reasoning_content']) || textOf(delta?.['reasoning'])
  if (reasoning) output.push({ kind: 'reasoning', text: reasoning })
  for (const said of [delta?.['content'], delta?.['refusal']].map(textOf)) {
    if (said) output.push({ kind: 'text', text: said })
  }
  const reason = choice?.['finish_reason']
  return { output, finishReason: typeof reason === 'string' ? reason : null }
}

/** A text, or the texts of a list of parts, as newer providers write it. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part) => textOf(asRecord(part)?.['text'])).join('')
}
