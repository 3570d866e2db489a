import { asRecord } from '../../rotation/classification/provider-error.ts'

type Json = Readonly<Record<string, unknown>>

/** What a message says in words, in the shapes of OpenAI's and Anthropic's APIs; what is no text is named. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content
  if (Array.isArray(content)) return content.map(partText).filter(isSaid).join('\n')
  return partText(content)
}

export const isSaid = (text: string) => text !== ''

function partText(part: unknown): string {
  if (typeof part === 'string') return part
  const record = asRecord(part)
  if (!record) return ''
  const { text, refusal, content, type } = record
  if (typeof text === 'string') return text
  if (typeof refusal === 'string') return refusal
  const call = callText(record)
  if (call !== null) return call
  if (content !== undefined && content !== null) return contentText(content)
  if (typeof record['output'] === 'string') return record['output']
  return typeof type === 'string' ? `[${type}]` : ''
}

/** A call of a tool as one would write it: `name({"city":"Hefei"})`. */
export function callText(part: Json): string | null {
  const called = asRecord(part['function']) ?? part
  const { name, input } = called
  const given = called['arguments']
  if (typeof name !== 'string' || (given === undefined && input === undefined)) return null
  return `${name}(${typeof given === 'string' ? given : JSON.stringify(given ?? input)})`
}

/** A message with its calls. */
export function messageText(message: unknown): string {
  const record = asRecord(message)
  if (!record) return contentText(message)
  const calls = Array.isArray(record['tool_calls']) ? record['tool_calls'] : []
  const said = record['content'] === undefined ? partText(record) : contentText(record['content'])
  const refusal = typeof record['refusal'] === 'string' ? record['refusal'] : ''
  return [said, refusal === said ? '' : refusal, ...calls.map((call) => callText(asRecord(call) ?? {}) ?? '')]
    .filter(isSaid)
    .join('\n')
}
