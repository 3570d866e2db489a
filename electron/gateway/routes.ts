import type { ProviderFamily } from '../rotation/classification/verdict.ts'
import { apiShapeOf, type ApiShape } from './api-shape.ts'

/** A path of the API that is served by sending the request on. */
export interface Route {
  readonly api: ApiShape
  /** Below the model's base URL. */
  readonly upstreamPath: string
  /** `output`: a 2xx must carry an answer. `anything`: files and sounds pass as they are. */
  readonly expects: 'output' | 'anything'
  /** Files are sent to it beside the model. */
  readonly takesForms: boolean
  readonly takesTemperature: boolean
  /** A stream says what it cost only when it is asked to. */
  readonly takesStreamOptions: boolean
}

const known: Readonly<Record<string, Route | undefined>> = {
  '/v1/chat/completions': generation('/v1/chat/completions', { takesStreamOptions: true }),
  '/v1/completions': generation('/v1/completions', { takesStreamOptions: true }),
  '/v1/responses': generation('/v1/responses', { takesStreamOptions: false }),
  '/v1/messages': generation('/v1/messages', { takesStreamOptions: false }),
  '/v1/messages/count_tokens': other('/v1/messages/count_tokens', 'output'),
  '/v1/embeddings': other('/v1/embeddings', 'output'),
}

/** Any other path below /v1 is sent on for the model that is found in its body. */
export function routeOf(path: string): Route | null {
  return known[path] ?? (/^\/v1(?:\/[\w-][\w.-]*)+$/.test(path) ? other(path, 'anything') : null)
}

/** What of this API a provider has; OpenAI's own is what every provider imitates. */
export function isServedBy({ api, upstreamPath }: Route, family: ProviderFamily): boolean {
  if (family === 'anthropic') return api === 'anthropic' || upstreamPath === '/chat/completions'
  return api === 'openai'
}

function generation(path: string, { takesStreamOptions }: { takesStreamOptions: boolean }): Route {
  return { ...other(path, 'output'), takesTemperature: true, takesStreamOptions }
}

function other(path: string, expects: Route['expects']): Route {
  const upstreamPath = path.slice('/v1'.length)
  const takes = { takesForms: expects === 'anything', takesTemperature: false, takesStreamOptions: false }
  return { api: apiShapeOf(path), upstreamPath, expects, ...takes }
}
