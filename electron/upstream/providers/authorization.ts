import type { ProviderFamily } from '../../rotation/classification/verdict.ts'
import type { Headers } from '../../rotation/wire-failure.ts'

/** The provider's own way to be shown a key. */
export function authorization(
  family: ProviderFamily,
  path: string,
  secret: string,
  client: Headers,
): Record<string, string> {
  if (family === 'azure') return { 'api-key': secret }
  if (family !== 'anthropic' || isOpenAiCompatible(path)) return { authorization: `Bearer ${secret}` }
  return { 'x-api-key': secret, 'anthropic-version': client['anthropic-version'] ?? '2023-06-01' }
}

/** Anthropic serves OpenAI's chat completions beside its own API, and there it takes a bearer token. */
function isOpenAiCompatible(path: string) {
  return path === '/chat/completions'
}
