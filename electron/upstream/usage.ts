import type { Usage } from '../../shared/request.ts'
import { asRecord } from '../rotation/classification/provider-error.ts'

/**
 * Adds what one JSON body or event says about tokens to what was known. OpenAI's chat and Responses, and Anthropic's,
 * whose input tokens come in the first event and leave out what was read from or written to its cache.
 */
export function readUsage(root: Readonly<Record<string, unknown>>, known: Usage | null): Usage | null {
  const holder =
    asRecord(root['usage']) ??
    asRecord(asRecord(root['response'])?.['usage']) ??
    asRecord(asRecord(root['message'])?.['usage'])
  if (!holder) return known
  const count = (name: string) => {
    const value = holder[name]
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.floor(value) : null
  }
  const input = count('input_tokens')
  const cached = (count('cache_creation_input_tokens') ?? 0) + (count('cache_read_input_tokens') ?? 0)
  const promptTokens = count('prompt_tokens') ?? (input === null ? null : input + cached)
  const completionTokens = count('completion_tokens') ?? count('output_tokens')
  if (promptTokens === null && completionTokens === null) return known
  return {
    promptTokens: promptTokens ?? known?.promptTokens ?? 0,
    completionTokens: completionTokens ?? known?.completionTokens ?? 0,
  }
}
