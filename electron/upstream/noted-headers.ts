// What a provider's answer said beside its body, as far as it helps to understand an attempt: an allow-list, cut short,
// and never a value that holds any part of the key.
import type { NotedHeaders } from '../../shared/outcome.ts'
import { holdsPartOf, looksLikeKey } from '../rotation/classification/provider-message.ts'
import type { Headers } from '../rotation/wire-failure.ts'
import { createHeaderKind } from './header-kinds.ts'
import { someOf, type Erased } from './secret-eraser.ts'

/** Which request the provider takes it for, when to come back, who served it and how fast. */
const noted = new Set([
  'x-request-id',
  'request-id',
  'cf-ray',
  'x-amzn-requestid',
  'x-goog-request-id',
  'apim-request-id',
  'x-ms-request-id',
  'x-siliconcloud-trace-id',
  'x-ds-trace-id',
  'x-log-id',
  'x-trace-id',
  'retry-after',
  'retry-after-ms',
  'x-should-retry',
  'openai-model',
  'openai-version',
  'openai-organization',
  'openai-project',
  'openai-processing-ms',
  'anthropic-organization-id',
  'x-envoy-upstream-service-time',
  'x-served-by',
  'x-ms-region',
  'x-groq-region',
  'x-region',
])
const notedPrefixes = ['x-ratelimit-', 'ratelimit', 'x-rate-limit-', 'anthropic-ratelimit-', 'anthropic-priority-']

const mostHeaders = 24
const mostCharacters = 200

/** Undefined when there is nothing to note. */
export function notedHeaders(headers: Headers, erased: Erased): NotedHeaders | undefined {
  let kept: [string, string][] | undefined
  for (const name in headers) {
    if (!isNoted(name)) continue
    const value = headers[name]!
    if (value === '' || someOf(erased, (secret) => holdsPartOf(value, secret)) || looksLikeKey(value)) continue
    kept ??= []
    kept.push([name, shown(value)])
    if (kept.length === mostHeaders) break
  }
  return kept
}

const isNoted = createHeaderKind(noted, notedPrefixes)

const shown = (value: string) => (value.length > mostCharacters ? `${value.slice(0, mostCharacters - 1)}…` : value)
