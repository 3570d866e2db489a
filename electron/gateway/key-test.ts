import type { KeyId, RequestId } from '../../shared/identity.ts'
import type { KeyState } from '../../shared/key.ts'
import { Failure } from '../../shared/failure.ts'
import { checkKey, type KeyCheck } from '../upstream/key-check.ts'
import type { RequestPathDeps } from './request-path.ts'
import { extraHeadersFor } from './open-extra-headers.ts'
import { openRequest } from './open-request.ts'
import { requestFailure } from './request-failure.ts'
import type { ServedModel } from './served-model.ts'

/**
 * One cheap real call with one key, whatever its state: the list of models where the provider has one, else a single
 * token. The rotation learns from the outcome, so a passed test brings a rejected key back.
 */
export async function testKey(
  deps: Omit<RequestPathDeps, 'models' | 'isLocked'>,
  model: ServedModel,
  keyId: KeyId,
  id: RequestId,
  signal: AbortSignal,
): Promise<void> {
  const proof = proofFor(model.pool.stateOfKey(keyId)?.kind)
  const granted = model.pool.leaseForTest(keyId)
  if (!granted) throw new Failure('KEY_NOT_FOUND', {})
  const { lease } = granted
  const open = openRequest(deps, { id, client: 'key-test' }, model)
  const startedMs = deps.clock.nowMs()
  open.observe({ kind: 'attempt-started', lease, decision: granted.decision })
  const outcome = await checkKey({
    upstream: deps.upstream,
    target: { apiBase: model.apiBase, provider: model.provider, model: model.upstreamModel },
    secret: deps.secretOf(model.id, keyId) ?? '',
    extraHeaders: extraHeadersFor(deps, model),
    signal,
    wallMs: deps.clock.wallMs,
    proof,
  })
  model.pool.report(lease, outcome)
  open.observe({ kind: 'attempt-ended', lease, outcome, durationMs: deps.clock.nowMs() - startedMs })
  const keys = model.pool.keyReports(keyId)
  open.fail(requestFailure(model, { reason: 'outcome', lastOutcome: outcome, keys, retryAtMs: null }))
}

/** A list of models says nothing of a quota or of one model: only an answer proves that those are back. */
function proofFor(state: KeyState['kind'] | undefined): KeyCheck['proof'] {
  return state === 'exhausted' || state === 'not-allowed' ? 'service' : 'key'
}
