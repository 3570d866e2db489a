import type { Headers } from '../rotation/wire-failure.ts'
import { createHeaderKind } from './header-kinds.ts'
import { someOf, type Erased } from './secret-eraser.ts'

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
const isPassed = createHeaderKind(passed, ['x-ratelimit-', 'anthropic-ratelimit-'])

/** What a client may see of the provider's headers: no hop-by-hop, cookie, policy or server header, and never the key or what was sent beside it. */
export function filterResponseHeaders(headers: Headers, erased: Erased): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]!
    if (isPassed(name) && !someOf(erased, (secret) => value.includes(secret))) kept[name] = value
  }
  return kept
}
