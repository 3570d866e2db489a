import type { KeyId, ModelId } from '../../shared/identity.ts'
import type { LiveEventInput } from '../../shared/live-event.ts'
import type { RequestFailure } from '../../shared/request.ts'
import type { Clock } from '../rotation/clock.ts'
import type { RefusedAnswer } from '../upstream/attempt.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { jsonAnswer, refusal, wholeAnswer, type GatewayAnswer } from './answer.ts'
import { passOn } from './answer-stream.ts'
import { readBody, type BodyProblem, type RequestBody } from './body/request-body.ts'
import { errorAnswer } from './error-answer.ts'
import type { GatewayRequest } from './gateway.ts'
import type { ExtraHeadersOf } from './open-extra-headers.ts'
import { openRequest, type OpenRequest } from './open-request.ts'
import { answerEarly } from './parked-answer.ts'
import { plainFailure } from './request-failure.ts'
import { retryAdvice } from './retry-advice.ts'
import type { ResponseKeys } from './response-keys.ts'
import { isServedBy, type Route } from './routes.ts'
import type { ServedModel } from './served-model.ts'
import type { ServedModels } from './served-models.ts'
import { tryModels, type Tried } from './try-models.ts'

export interface RequestPathDeps {
  models: () => ServedModels
  /** Undefined when the key has been deleted since it was leased. */
  secretOf: (model: ModelId, key: KeyId) => string | undefined
  /** Asked only of a model that has any. */
  extraHeadersOf: ExtraHeadersOf
  /** True while the vault's models cannot be seen. */
  isLocked: () => boolean
  upstream: Upstream
  publish: (event: LiveEventInput) => void
  clock: Clock
}

/** With what the requests before have left. */
export interface PathDeps extends RequestPathDeps {
  responseKeys: ResponseKeys
}

/** One request under way: what came in, who may answer it, and what is told of it. */
export interface Running {
  readonly request: GatewayRequest
  readonly route: Route
  readonly body: RequestBody
  /** The model that was asked for, then those that stand in for it. */
  readonly models: readonly ServedModel[]
  /** Only this key may answer. */
  readonly pinnedKeyId: string | undefined
  readonly open: OpenRequest
}

/** Finds the model, lets the rotation try its keys, passes the answer on as it comes. */
export function answerRequest(
  deps: PathDeps,
  request: GatewayRequest,
  route: Route,
): Promise<GatewayAnswer> | GatewayAnswer {
  const read = readBody(request.body, request.headers['content-type'], route.takesForms)
  if (!read.ok) return refusal(400, 'bad_request', bodyProblems[read.problem], route.api)
  const model = deps.models().byName(read.body.model)
  if (!model) {
    return errorJson(plainFailure(deps.isLocked() ? 'vault_locked' : 'model_not_found', read.body.model), route)
  }
  const cannot = cannotServe(request, route, model, read.body.model)
  if (cannot) return cannot
  const { body } = read
  const pinnedKeyId = request.pinnedKeyId ?? makerOf(deps, body, model)
  const models = pinnedKeyId === undefined ? [model, ...standIns(deps, request, route, model)] : [model]
  const running = { request, route, body, models, pinnedKeyId, open: openRequest(deps, request, model) }
  const answer = answerWith(deps, running)
  return body.streaming ? answerEarly(deps.clock, running, answer) : answer
}

/** Named as it was asked for: what a model is called beside that is not for a client that may not use it. */
function cannotServe(
  request: GatewayRequest,
  route: Route,
  { id, family }: ServedModel,
  name: string,
): GatewayAnswer | null {
  if (request.allowedModels?.has(id) === false) {
    const message = `This client may not use the model '${name}'. Allow it in Keywheel's gateway view.`
    return refusal(403, 'model_not_allowed', message, route.api)
  }
  return isServedBy(route, family) ? null : refusal(400, 'wrong_api', wrongApi(route, name), route.api)
}

function wrongApi({ api, upstreamPath }: Route, name: string): string {
  return api === 'anthropic'
    ? `The model '${name}' is not one of Anthropic's, so it has no /v1${upstreamPath}. Use /v1/chat/completions.`
    : `The model '${name}' is one of Anthropic's, which has no /v1${upstreamPath}. Use /v1/messages or /v1/chat/completions.`
}

/** Who made the response that this request goes on from. */
function makerOf(
  { responseKeys }: PathDeps,
  { previousResponse }: RequestBody,
  model: ServedModel,
): string | undefined {
  return previousResponse === null ? undefined : responseKeys.keyFor(previousResponse, model)
}

/** Only the list of the model that was asked for; a key that is asked for by itself has nobody who stands in for it. */
function standIns(deps: RequestPathDeps, request: GatewayRequest, route: Route, model: ServedModel): ServedModel[] {
  if (model.fallbacks.length === 0) return []
  const known = deps.models()
  return model.fallbacks.flatMap((id) => {
    const fallback = known.byId(id)
    return fallback && cannotServe(request, route, fallback, fallback.name) === null ? [fallback] : []
  })
}

async function answerWith(deps: PathDeps, running: Running): Promise<GatewayAnswer> {
  try {
    const tried = await tryModels(deps, running)
    return tried.ok ? served(deps, running, tried) : failed(deps, running, tried)
  } catch (bug) {
    running.open.fail(plainFailure('internal', running.models[0]?.name ?? ''))
    throw bug
  }
}

function served(
  deps: PathDeps,
  { request, route, open }: Running,
  { answer, model, keyId }: Extract<Tried, { ok: true }>,
): GatewayAnswer {
  if (answer.responseId !== undefined) deps.responseKeys.remember(answer.responseId, model, keyId)
  const { status, body } = answer
  const headers = Object.assign(answer.headers, open.headers())
  if (body instanceof Uint8Array) return { status, headers, body }
  const onBroken = (): RequestFailure => ({ ...plainFailure('stream_broken', model.name), host: model.host })
  return { status, headers, body: passOn(answer.streaming, body, { route, onBroken, signal: request.signal }) }
}

function failed(deps: RequestPathDeps, running: Running, tried: Extract<Tried, { ok: false }>): GatewayAnswer {
  const { open, route } = running
  const failure = goneFailure(deps, tried) ?? tried.failure
  open.fail(failure)
  return failure.code === 'caller_fault' && tried.refused
    ? asTheProviderSaid(tried.refused, open)
    : errorJson(failure, route, open)
}

/** A model that went while its request waited has no keys any more, but that is not what is wrong. */
function goneFailure(deps: RequestPathDeps, tried: Extract<Tried, { ok: false }>): RequestFailure | null {
  const { id, name } = tried.model
  if (tried.failure.code !== 'no_keys' || deps.models().byId(id)) return null
  return plainFailure(deps.isLocked() ? 'vault_locked' : 'model_not_found', name)
}

/** A fault of the caller's own is answered as the provider said it. */
function asTheProviderSaid(refused: RefusedAnswer, open: OpenRequest): GatewayAnswer {
  return wholeAnswer(refused.status, refused.body, { ...refused.headers, ...open.headers() })
}

function errorJson(failure: RequestFailure, { api }: Route, open?: OpenRequest): GatewayAnswer {
  const { status, body } = errorAnswer(failure, api)
  return jsonAnswer(status, body, { ...retryAdvice(failure, open?.nowMs() ?? null), ...open?.headers() })
}

const bodyProblems: Record<BodyProblem, string> = {
  'not-json': 'The body is not a JSON object in UTF-8.',
  'not-multipart': 'The body is not the form that its content type announces.',
  'no-model': 'The body names no model.',
  'no-form': 'The body must be application/json: no file is sent to this route.',
  'content-type': 'The body must be application/json or multipart/form-data.',
}
