import type { KeyId, ModelId } from '../../shared/identity.ts'
import type { LiveEventInput } from '../../shared/live-event.ts'
import type { RequestFailure } from '../../shared/request.ts'
import type { Clock } from '../rotation/clock.ts'
import { rotate } from '../rotation/rotate.ts'
import { createAttempt, type RefusedAnswer } from '../upstream/attempt.ts'
import type { Upstream } from '../upstream/upstream.ts'
import type { UpstreamAnswer, UpstreamRequest } from '../upstream/wire-attempt.ts'
import { jsonAnswer, refusal, wholeAnswer, type GatewayAnswer } from './answer.ts'
import { passOn } from './answer-stream.ts'
import { parseChatBody, type ChatBodyProblem } from './chat-body.ts'
import { errorAnswer } from './error-answer.ts'
import type { GatewayRequest } from './gateway.ts'
import { openRequest, type OpenRequest } from './open-request.ts'
import type { ServedModel } from './served-model.ts'
import { plainFailure, requestFailure } from './request-failure.ts'

export interface ChatRouteDeps {
  models: () => readonly ServedModel[]
  /** Undefined when the key has been deleted since it was leased. */
  secretOf: (model: ModelId, key: KeyId) => string | undefined
  /** True while the vault's models cannot be seen. */
  isLocked: () => boolean
  upstream: Upstream
  publish: (event: LiveEventInput) => void
  clock: Clock
}

/** POST /v1/chat/completions: find the model, let the rotation try its keys, pass the answer on as it comes. */
export async function answerChat(deps: ChatRouteDeps, request: GatewayRequest): Promise<GatewayAnswer> {
  const body = parseChatBody(request.body)
  if (!body.ok) return refusal(400, 'bad_request', bodyProblems[body.problem])
  const model = findModel(deps.models(), body.model)
  if (!model) {
    const failure = plainFailure(deps.isLocked() ? 'vault_locked' : 'model_not_found', body.model)
    return errorJson(failure)
  }
  if (request.allowedModels?.has(model.id) === false) return modelNotAllowed(model.name)
  const toUpstream: UpstreamRequest = {
    target: { apiBase: model.apiBase, provider: model.provider, model: model.upstreamModel },
    method: 'POST',
    path: '/chat/completions',
    headers: { ...request.headers, 'content-type': 'application/json' },
    body: body.forUpstream({ model: model.upstreamModel, temperature: model.temperature, askForUsage: true }),
    streaming: body.stream,
    expects: 'output',
  }
  return answerWith(deps, request, model, toUpstream)
}

const modelNotAllowed = (name: string) =>
  refusal(403, 'model_not_allowed', `This client may not use the model '${name}'. Allow it in Keywheel's gateway view.`)

/** By our own name first, then by what the provider calls it. */
function findModel(models: readonly ServedModel[], name: string): ServedModel | undefined {
  return models.find((model) => model.name === name) ?? models.find((model) => model.upstreamModel === name)
}

async function answerWith(
  deps: ChatRouteDeps,
  request: GatewayRequest,
  model: ServedModel,
  toUpstream: UpstreamRequest,
): Promise<GatewayAnswer> {
  const open = openRequest(deps, request, model)
  try {
    return await rotated(deps, request, { model, toUpstream, open })
  } catch (bug) {
    open.fail(plainFailure('internal', model.name))
    throw bug
  }
}

interface Rotating {
  model: ServedModel
  toUpstream: UpstreamRequest
  open: OpenRequest
}

async function rotated(
  deps: ChatRouteDeps,
  request: GatewayRequest,
  { model, toUpstream, open }: Rotating,
): Promise<GatewayAnswer> {
  let refused: RefusedAnswer | null = null
  const attempt = createAttempt({
    upstream: deps.upstream,
    request: toUpstream,
    secretOf: (keyId) => deps.secretOf(model.id, keyId as KeyId),
    wallMs: deps.clock.wallMs,
    onRefused: (answer) => (refused = answer),
  })
  const result = await rotate(
    model.pool,
    {
      signal: request.signal,
      pinnedKeyId: request.pinnedKeyId ?? undefined,
      conversation: request.conversation ?? undefined,
      observe: open.observe,
    },
    attempt,
  )
  if (result.ok) return served(open, model, result.value, request)
  const failure = goneFailure(deps, model, result.reason) ?? requestFailure(model, result)
  open.fail(failure)
  return failure.code === 'caller_fault' && refused ? asTheProviderSaid(refused, open) : errorJson(failure, open)
}

/** A model that went while its request waited has no keys any more, but that is not what is wrong. */
function goneFailure(deps: ChatRouteDeps, { id, name }: ServedModel, reason: string): RequestFailure | null {
  if (reason !== 'no-keys' || deps.models().some((model) => model.id === id)) return null
  return plainFailure(deps.isLocked() ? 'vault_locked' : 'model_not_found', name)
}

function served(open: OpenRequest, model: ServedModel, answer: UpstreamAnswer, request: GatewayRequest): GatewayAnswer {
  const body = passOn(answer, {
    onFirst: () => open.firstOutput(),
    onBroken: (): RequestFailure => ({ ...plainFailure('stream_broken', model.name), host: model.host }),
    isCancelled: () => request.signal.aborted,
  })
  return { status: answer.status, headers: { ...answer.headers, ...open.headers() }, body }
}

/** A fault of the caller's own is answered as the provider said it. */
function asTheProviderSaid(refused: RefusedAnswer, open: OpenRequest): GatewayAnswer {
  return wholeAnswer(refused.status, refused.body, { ...refused.headers, ...open.headers() })
}

function errorJson(failure: RequestFailure, open?: OpenRequest): GatewayAnswer {
  const { status, body } = errorAnswer(failure)
  const waitMs = failure.retryAtMs === null || !open ? null : failure.retryAtMs - open.nowMs()
  const retryAfter = waitMs === null ? {} : { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) }
  return jsonAnswer(status, body, { ...retryAfter, ...open?.headers() })
}

const bodyProblems: Record<ChatBodyProblem, string> = {
  'not-json': 'The body is not JSON in UTF-8.',
  'no-model': 'The body names no model.',
  'no-messages': 'The body has no messages.',
  'wrong-type': 'A field of the body has the wrong type.',
}
