import type { Headers } from '../rotation/wire-failure.ts'
import { createHeaderKind } from './header-kinds.ts'
import type { Erased } from './secret-eraser.ts'

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
    if (isPassed(name) && !holdsOneOf(headers[name]!, erased)) kept[name] = headers[name]!
  }
  return kept
}

const holdsOneOf = (value: string, erased: Erased): boolean =>
  typeof erased === 'string' ? value.includes(erased) : erased.some((secret) => value.includes(secret))
