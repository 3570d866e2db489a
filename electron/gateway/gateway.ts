import type { KeyId, ModelId, RequestId } from '../../shared/identity.ts'
import type { RequestFailure } from '../../shared/request.ts'
import type { StopSignal } from '../rotation/stop-signal.ts'
import { jsonAnswer, refusal, type GatewayAnswer } from './answer.ts'
import { apiShapeOf } from './api-shape.ts'
import { errorAnswer } from './error-answer.ts'
import { plainFailure } from './request-failure.ts'
import { answerRequest, type RequestPathDeps } from './request-path.ts'
import { createResponseKeys } from './response-keys.ts'
import { routeOf } from './routes.ts'

/** One request of a client, as bytes; whoever listens on a socket has checked its token before it gets here. */
export interface GatewayRequest {
  id: RequestId
  /** The client's name, as it is shown. */
  client: string
  method: string
  path: string
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>
  body: Uint8Array
  /** The models this client may use; null for all. */
  allowedModels: ReadonlySet<ModelId> | null
  /** Only this key may answer; null lets the rotation choose. */
  pinnedKeyId: KeyId | null
  /** What the sticky strategy keeps on one key; null lets the gateway read it from the body. */
  conversation: string | null
  signal: StopSignal
}

export interface Gateway {
  /** At once where nobody has to be asked. */
  handle(request: GatewayRequest): Promise<GatewayAnswer> | GatewayAnswer
}

/** The API over every model, without a socket: `in-process-fetch.ts` and the listener put one in front. */
export function createGateway(given: RequestPathDeps): Gateway {
  const deps = { ...given, responseKeys: createResponseKeys() }
  return {
    handle(request) {
      const { method, path } = request
      if (method === 'GET' && /^\/v1\/models(?:\/|$)/.test(path)) return models(deps, request)
      const route = method === 'POST' ? routeOf(path) : null
      if (route) return answerRequest(deps, request, route)
      const message = `There is no ${method} ${path} here: only calls that name a model in their body can be sent on.`
      return refusal(404, 'route_not_found', message, apiShapeOf(path))
    },
  }
}

/** The list of models, or one of them by any of its names. While the vault is locked nobody can say what there is. */
function models(deps: RequestPathDeps, { path, allowedModels }: GatewayRequest): GatewayAnswer {
  const known = deps.models()
  const isAllowed = (id: ModelId) => allowedModels?.has(id) !== false
  if (path === '/v1/models') {
    if (deps.isLocked()) return failureAnswer(plainFailure('vault_locked', ''))
    const allowed = known.list.filter(({ id }) => isAllowed(id))
    const data = allowed.flatMap(({ name, aliases }) => [name, ...aliases]).map(modelObject)
    return jsonAnswer(200, { object: 'list', data, has_more: false, first_id: data[0]?.id, last_id: data.at(-1)?.id })
  }
  const name = decoded(path.slice('/v1/models/'.length))
  const model = known.byName(name)
  if (model && isAllowed(model.id)) return jsonAnswer(200, modelObject(name))
  return failureAnswer(plainFailure(deps.isLocked() ? 'vault_locked' : 'model_not_found', name))
}

function failureAnswer(failure: RequestFailure): GatewayAnswer {
  const { status, body } = errorAnswer(failure)
  return jsonAnswer(status, body)
}

/** What OpenAI's and Anthropic's clients read of a model, in one object; neither minds what it does not know. */
const modelObject = (id: string) => ({
  id,
  object: 'model',
  created: 0,
  owned_by: 'keywheel',
  type: 'model',
  display_name: id,
  created_at: '1970-01-01T00:00:00Z',
})

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // No encoding: then it stands for itself.
    return text
  }
}
