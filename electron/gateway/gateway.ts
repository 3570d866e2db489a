import type { KeyId, ModelId, RequestId } from '../../shared/identity.ts'
import { answerChat, type ChatRouteDeps } from './chat-route.ts'
import { jsonAnswer, refusal, type GatewayAnswer } from './answer.ts'

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
  /** What the sticky strategy keeps on one key. */
  conversation: string | null
  signal: AbortSignal
}

export interface Gateway {
  handle(request: GatewayRequest): Promise<GatewayAnswer>
}

/** The OpenAI-compatible API over every model, without a socket: `in-process-fetch.ts` and listeners put one in front. */
export function createGateway(deps: ChatRouteDeps): Gateway {
  return {
    async handle(request) {
      const route = `${request.method} ${request.path}`
      if (route === 'GET /v1/models') return jsonAnswer(200, modelList(deps, request))
      if (route === 'POST /v1/chat/completions') return answerChat(deps, request)
      return refusal(404, 'route_not_found', `There is no ${route} here.`)
    },
  }
}

/** OpenAI's list object (platform.openai.com/docs/api-reference/models/list). */
function modelList({ models }: ChatRouteDeps, { allowedModels }: GatewayRequest) {
  const allowed = models().filter(({ id }) => allowedModels?.has(id) !== false)
  const data = allowed.map(({ name }) => ({ id: name, object: 'model', created: 0, owned_by: 'keywheel' }))
  return { object: 'list', data }
}
