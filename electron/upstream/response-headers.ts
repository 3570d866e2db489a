import type { Headers } from '../rotation/wire-failure.ts'

const passed = new Set([
  'content-type',
  'content-disposition',
  'retry-after',
  'retry-after-ms',
  'x-request-id',
  'request-id',
  'openai-model',
  'openai-processing-ms',
  'openai-version',
])
const passedPrefixes = ['x-ratelimit-', 'anthropic-ratelimit-']

/** What a client may see of the provider's headers: no hop-by-hop, cookie, policy or server header, and never the key. */
export function filterResponseHeaders(headers: Headers, secret: string): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const isPassed = passed.has(name) || passedPrefixes.some((prefix) => name.startsWith(prefix))
    if (isPassed && !value.includes(secret)) kept[name] = value
  }
  return kept
}
