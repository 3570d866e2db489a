// A request that no key of its model can serve moves on to the models that stand in for it, each tried once before it
// waits; after the first output nothing else is tried.
import type { KeyId } from '../../shared/identity.ts'
import type { RequestFailure } from '../../shared/request.ts'
import { rotate, type RotateFailureReason, type RotateOptions, type RotateResult } from '../rotation/rotate.ts'
import type { Headers } from '../rotation/wire-failure.ts'
import { createAttempt, type RefusedAnswer } from '../upstream/attempt.ts'
import { takesTemperatureBesideTopP } from '../upstream/providers/accepted-fields.ts'
import type { UpstreamAnswer, UpstreamRequest } from '../upstream/wire-attempt.ts'
import { conversationOf } from './body/conversation.ts'
import type { RequestBody } from './body/request-body.ts'
import { extraHeadersFor } from './open-extra-headers.ts'
import { requestFailure } from './request-failure.ts'
import type { RequestPathDeps, Running } from './request-path.ts'
import type { ServedModel } from './served-model.ts'

export type Tried =
  | { ok: true; model: ServedModel; keyId: string; answer: UpstreamAnswer }
  | { ok: false; model: ServedModel; failure: RequestFailure; refused: RefusedAnswer | null }

type Failed = Extract<Tried, { ok: false }>

/** What another model may put right: its own keys, host or address are out, and the request itself is not to blame. */
const movesOn: Record<RotateFailureReason, boolean> = {
  'no-keys': true,
  'keys-unavailable': true,
  'upstream-failed': true,
  'address-blocked': true,
  'caller-fault': false,
  cancelled: false,
  deadline: false,
}

export function tryModels(deps: RequestPathDeps, running: Running): Promise<Tried> {
  const [asked, ...others] = running.models as [ServedModel, ...ServedModel[]]
  return others.length === 0 ? tryModel(deps, running, asked) : tryInTurn(deps, running, asked, others)
}

async function tryInTurn(
  deps: RequestPathDeps,
  running: Running,
  asked: ServedModel,
  others: readonly ServedModel[],
): Promise<Tried> {
  const time = remainingTime(deps, asked)
  const first = await tryModel(deps, running, asked, { maxWaitMs: 0 })
  return first.ok || !movesOn[first.reason] ? first : tryOthers(deps, running, [first, ...others], time)
}

/** One deadline is over the whole request, that of the model it asked for. */
function remainingTime({ clock }: RequestPathDeps, { pool }: ServedModel): () => Pick<RotateOptions, 'deadlineMs'> {
  const dueMs = clock.nowMs() + pool.deadlineMs
  return () => ({ deadlineMs: Math.max(0, dueMs - clock.nowMs()) })
}

async function tryOthers(
  deps: RequestPathDeps,
  running: Running,
  [first, ...others]: [FailedModel, ...ServedModel[]],
  time: () => Pick<RotateOptions, 'deadlineMs'>,
): Promise<Tried> {
  const failures = [first]
  for (const model of others) {
    running.open.fellBack(model)
    const tried = await tryModel(deps, running, model, { maxWaitMs: 0, ...time() })
    if (tried.ok || !movesOn[tried.reason]) return tried
    failures.push(tried)
  }
  // Nobody can serve now: the request waits where a key comes back first, and fails as the model it asked for failed.
  const nearest = failures.filter(({ reason }) => reason === 'keys-unavailable').reduce(earlier, null)
  if (!nearest) return first
  if (nearest.model !== others.at(-1)) running.open.fellBack(nearest.model)
  const last = await tryModel(deps, running, nearest.model, time())
  return last.ok || !movesOn[last.reason] ? last : first
}

interface FailedModel extends Failed {
  reason: RotateFailureReason
}

function earlier(nearest: FailedModel | null, failed: FailedModel): FailedModel {
  const backAt = ({ failure }: FailedModel) => failure.retryAtMs ?? Infinity
  return nearest && backAt(nearest) <= backAt(failed) ? nearest : failed
}

function tryModel(
  deps: RequestPathDeps,
  running: Running,
  model: ServedModel,
  { maxWaitMs, deadlineMs }: Pick<RotateOptions, 'maxWaitMs' | 'deadlineMs'> = {},
): Promise<Extract<Tried, { ok: true }> | FailedModel> {
  let refused: RefusedAnswer | null = null
  const { open, request } = running
  const attempt = createAttempt({
    upstream: deps.upstream,
    request: upstreamRequest(running, model),
    secretOf: (keyId) => deps.secretOf(model.id, keyId as KeyId),
    extraHeaders: extraHeadersFor(deps, model),
    wallMs: deps.clock.wallMs,
    onRefused: (answer) => (refused = answer),
  })
  const told = (result: RotateResult<UpstreamAnswer>): Extract<Tried, { ok: true }> | FailedModel =>
    result.ok
      ? { ok: true, model, keyId: result.lease.keyId, answer: result.value }
      : { ok: false, model, reason: result.reason, failure: requestFailure(model, result), refused }
  return rotate(
    model.pool,
    {
      signal: request.signal,
      pinnedKeyId: running.pinnedKeyId,
      conversation: conversation(running, model),
      maxWaitMs,
      deadlineMs,
      observe: (event) => open.observe(event),
    },
    attempt,
  ).then(told)
}

function upstreamRequest({ body, request, route }: Running, model: ServedModel): UpstreamRequest {
  return {
    target: model.target,
    method: 'POST',
    path: route.upstreamPath,
    headers: withContentType(request.headers),
    body: body.forUpstream({
      model: model.upstreamModel,
      temperature: route.takesTemperature && mayAddTemperature(body, model) ? model.temperature : null,
      askForUsage: route.takesStreamOptions && model.takesStreamOptions,
    }),
    streaming: body.streaming,
    expects: route.expects,
    // The request's own deadline ends it, and a person may have put that later.
    totalMs: Infinity,
  }
}

const mayAddTemperature = ({ hasTopP }: RequestBody, { family }: ServedModel): boolean =>
  !hasTopP || takesTemperatureBesideTopP(family)

const withContentType = (headers: Headers): Headers =>
  headers['content-type'] === undefined ? { ...headers, 'content-type': 'application/json' } : headers

/** Only the sticky strategy asks for it, so only there a body is read for it. */
function conversation({ request }: Running, { strategy }: ServedModel): string | undefined {
  if (request.conversation !== null) return request.conversation
  return strategy === 'sticky' ? conversationOf(request.body) : undefined
}
