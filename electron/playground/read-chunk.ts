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
  const text = textOf(delta?.['content'])
  if (text) output.push({ kind: 'text', text })
  const refusal = textOf(delta?.['refusal'])
  if (refusal) output.push({ kind: 'refusal', text: refusal })
  output.push(...toolCalls(delta?.['tool_calls']))
  const reason = choice?.['finish_reason']
  return { output, finishReason: typeof reason === 'string' ? reason : null }
}

/** Some providers leave `index` out where there is one call in the piece. */
function toolCalls(calls: unknown): ChatEvent[] {
  if (!Array.isArray(calls)) return []
  return calls.flatMap((item, place): ChatEvent[] => {
    const call = asRecord(item)
    const called = asRecord(call?.['function'])
    if (!call || !called) return []
    const index = Number.isSafeInteger(call['index']) && Number(call['index']) >= 0 ? Number(call['index']) : place
    const [id, name] = [call['id'], called['name']].map((text) => (typeof text === 'string' && text ? text : null))
    return [{ kind: 'tool-call', index, id: id ?? null, name: name ?? null, argumentsText: argumentsOf(called) }]
  })
}

/** OpenAI sends text that is JSON; some send the JSON itself. */
function argumentsOf({ arguments: sent }: Record<string, unknown>): string {
  if (typeof sent === 'string') return sent
  return sent === undefined || sent === null ? '' : JSON.stringify(sent)
}

/** A text, or the texts of a list of parts, as newer providers write it. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part) => textOf(asRecord(part)?.['text'])).join('')
}
