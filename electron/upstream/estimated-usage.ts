import { estimateTokens } from '../../shared/estimate-tokens.ts'
import type { Usage } from '../../shared/request.ts'
import { asRecord } from '../rotation/classification/provider-error.ts'

/**
 * Where a provider does not count, its tokens are estimated, when the answer is over and nobody waits: from how long
 * the texts are, and in a stream from how many events there were. Good to about a quarter either way.
 */
const bytesPerToken = 4
/** Roles and separators of one message. */
const tokensPerMessage = 4
const bodyBytes = 4 * 1024 * 1024
/** The role that opens a stream and the finish that ends it carry no text. */
const framingEvents = 2

/** The prompt's part is not known here: whoever has the request adds it. */
const estimatedAnswer = (completionTokens: number): Usage => ({ promptTokens: 0, completionTokens, estimated: true })

/**
 * Most providers that do not count send an event a token, and so do those that count at the end and were left before it.
 * What one had said until then (of the prompt, at the beginning) stands.
 */
export function usageOfEvents(events: number, said: Usage | null = null): Usage {
  const seen = Math.max(1, events - framingEvents)
  return { ...estimatedAnswer(Math.max(seen, said?.completionTokens ?? 0)), promptTokens: said?.promptTokens ?? 0 }
}

/** Null when the body is an answer of another kind: a list of vectors has no length in tokens. */
export function usageOfAnswer(root: Readonly<Record<string, unknown>>): Usage | null {
  const texts = [root['choices'], root['output'], root['content']].flatMap(textsIn)
  return texts.length === 0 ? null : estimatedAnswer(sumOf(texts))
}

export function promptTokensOf(body: Buffer | string | null): number {
  if (body === null || body.length > bodyBytes) return Math.ceil((body?.length ?? 0) / bytesPerToken)
  try {
    const root = asRecord(JSON.parse(body.toString()))
    if (!root) return 0
    const messages = Array.isArray(root['messages']) ? root['messages'].length : 1
    const texts = ['system', 'instructions', 'messages', 'input', 'prompt', 'tools'].flatMap((name) =>
      textsIn(root[name]),
    )
    return sumOf(texts) + messages * tokensPerMessage
  } catch {
    // A body that is no JSON is a file.
    return 0
  }
}

const sumOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + estimateTokens(text), 0)

/** Pictures and sounds are text only in the way they are sent. */
const notRead = new Set(['id', 'type', 'role', 'object', 'finish_reason', 'url', 'data', 'image_url', 'file_data'])

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  const record = asRecord(value)
  return record ? Object.entries(record).flatMap(([name, inner]) => (notRead.has(name) ? [] : textsIn(inner))) : []
}
