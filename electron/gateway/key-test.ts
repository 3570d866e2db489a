import type { KeyId, ModelId, RequestId } from '../../shared/identity.ts'
import { Failure } from '../../shared/failure.ts'
import type { AttemptResult } from '../rotation/attempt.ts'
import type { Lease } from '../rotation/lease.ts'
import type { Outcome } from '../rotation/outcome.ts'
import { createAttempt } from '../upstream/attempt.ts'
import type { UpstreamAnswer, UpstreamRequest } from '../upstream/wire-attempt.ts'
import type { ChatRouteDeps } from './chat-route.ts'
import { openRequest } from './open-request.ts'
import { requestFailure } from './request-failure.ts'
import type { ServedModel } from './served-model.ts'

/**
 * One cheap real call with one key, whatever its state: the list of models where the provider has one, else a single
 * token. The rotation learns from the outcome, so a passed test brings a rejected key back.
 */
export async function testKey(
  deps: Omit<ChatRouteDeps, 'models' | 'isLocked'>,
  model: ServedModel,
  keyId: KeyId,
  id: RequestId,
  signal: AbortSignal,
): Promise<void> {
  const granted = model.pool.leaseForTest(keyId)
  if (!granted) throw new Failure('KEY_NOT_FOUND', {})
  const { lease } = granted
  const open = openRequest(deps, { id, client: 'key-test' }, model)
  const startedMs = deps.clock.nowMs()
  open.observe({ kind: 'attempt-started', lease, decision: granted.decision })
  const outcome = await callOnce(deps, model, lease, signal)
  model.pool.report(lease, outcome)
  open.observe({ kind: 'attempt-ended', lease, outcome, durationMs: deps.clock.nowMs() - startedMs })
  const keys = model.pool.keyReports(keyId)
  open.fail(requestFailure(model, { reason: 'outcome', lastOutcome: outcome, keys, retryAtMs: null }))
}

type Call = { secretOf: (model: ModelId, key: KeyId) => string | undefined } & Pick<ChatRouteDeps, 'upstream' | 'clock'>

async function callOnce(deps: Call, model: ServedModel, lease: Lease, signal: AbortSignal): Promise<Outcome> {
  const listed = await send(deps, model, lease, signal, listRequest(model))
  const hasNoList = listed.status === 404 || listed.status === 405
  return hasNoList ? send(deps, model, lease, signal, oneTokenRequest(model)) : listed
}

async function send(
  deps: Call,
  model: ServedModel,
  lease: Lease,
  signal: AbortSignal,
  request: UpstreamRequest,
): Promise<Outcome> {
  const attempt = createAttempt({
    upstream: deps.upstream,
    request,
    secretOf: (keyId) => deps.secretOf(model.id, keyId as KeyId),
    wallMs: deps.clock.wallMs,
  })
  return outcomeOf(await attempt(lease, signal))
}

async function outcomeOf(result: AttemptResult<UpstreamAnswer>): Promise<Outcome> {
  if (!result.committed) return result.outcome
  for await (const chunk of result.value.body) void chunk
  return result.done
}

const target = ({ apiBase, provider, upstreamModel }: ServedModel) => ({ apiBase, provider, model: upstreamModel })

function listRequest(model: ServedModel): UpstreamRequest {
  const whole = { headers: {}, body: null, streaming: false, expects: 'anything' } as const
  return { target: target(model), method: 'GET', path: '/models', ...whole }
}

function oneTokenRequest(model: ServedModel): UpstreamRequest {
  const body = { model: model.upstreamModel, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 1 }
  return {
    target: target(model),
    method: 'POST',
    path: '/chat/completions',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
    streaming: false,
    expects: 'output',
  }
}
