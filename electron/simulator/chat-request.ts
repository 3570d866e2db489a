import { asRecord } from '../rotation/classification/provider-error.ts'

export interface ChatRequest {
  model: string
  prompt: string
  promptText: string
  stream: boolean
  includeUsage: boolean
  maxTokens: number | null
}

/** What a chat completion asks for, or the parameter that is wrong with it. */
export function parseChatRequest(body: string): ChatRequest | { param: string } {
  const json = parseObject(body)
  if (!json) return { param: 'body' }
  if (typeof json['model'] !== 'string' || json['model'] === '') return { param: 'model' }
  const messages = json['messages']
  if (!Array.isArray(messages) || messages.length === 0) return { param: 'messages' }
  const texts = messages.map((message) => ({
    role: asRecord(message)?.['role'],
    text: textOf(asRecord(message)?.['content']),
  }))
  const limit = json['max_completion_tokens'] ?? json['max_tokens']
  return {
    model: json['model'],
    prompt: texts.findLast(({ role }) => role === 'user')?.text ?? '',
    promptText: texts.map(({ text }) => text).join('\n'),
    stream: json['stream'] === true,
    includeUsage: asRecord(json['stream_options'])?.['include_usage'] === true,
    maxTokens: typeof limit === 'number' && limit >= 1 ? Math.floor(limit) : null,
  }
}

/** A string, or the text parts of a list. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  const parts = content.map((part) => asRecord(part)?.['text']).filter((text) => typeof text === 'string')
  return parts.join('\n')
}

function parseObject(body: string) {
  try {
    return asRecord(JSON.parse(body))
  } catch {
    // The caller answers with a 400.
    return undefined
  }
}
