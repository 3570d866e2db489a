import type { LiveEvent, LiveEventInput } from '../../shared/live-event.ts'
import type { KeyId, ModelId, RequestId } from '../../shared/identity.ts'
import type { OutcomeKind, OutcomeView } from '../../shared/outcome.ts'
import type { AttemptView, RequestView } from '../../shared/request.ts'

export const modelA = 'model-a' as ModelId

export const anOutcome = (kind: OutcomeKind, more: Partial<OutcomeView> = {}): OutcomeView => ({
  kind,
  status: kind === 'served' ? 200 : kind === 'rate-limited' ? 429 : 500,
  cause: null,
  providerCode: null,
  providerMessage: null,
  retryAfterMs: null,
  ...more,
})

export interface ScriptedAttempt {
  key: string
  kind: OutcomeKind
  durationMs: number
}

export interface ScriptedRequest {
  id: string
  modelId?: string
  startMs: number
  attempts: readonly ScriptedAttempt[]
  tokens?: number
}

/** What main would say about one request, in order, and the record it would keep of it. */
export function script(request: ScriptedRequest): { events: LiveEvent[]; view: RequestView } {
  const modelId = (request.modelId ?? modelA) as ModelId
  const requestId = request.id as RequestId
  const events: LiveEvent[] = []
  let atMs = request.startMs
  const say = (event: LiveEventInput) => void events.push({ ...event, seq: 0, atMs })
  const attempts: AttemptView[] = []
  say({ kind: 'request-started', requestId, modelId, modelName: modelId, client: 'playground' })
  request.attempts.forEach(({ key, kind, durationMs }, index) => {
    const about = { requestId, modelId, number: index + 1, keyId: key as KeyId, keyLabel: key }
    const startedAtMs = atMs
    say({ kind: 'attempt-started', ...about, probe: false })
    atMs += durationMs
    const outcome = anOutcome(kind)
    say({ kind: 'attempt-ended', ...about, durationMs, outcome })
    attempts.push({
      number: index + 1,
      keyId: key as KeyId,
      keyLabel: key,
      startedAtMs,
      durationMs,
      probe: false,
      outcome,
    })
  })
  const last = request.attempts.at(-1)?.kind
  const result = last === 'served' ? 'served' : last === 'cancelled' ? 'cancelled' : 'failed'
  const usage = request.tokens === undefined ? null : { promptTokens: 1, completionTokens: request.tokens - 1 }
  const durationMs = atMs - request.startMs
  say({
    kind: 'request-ended',
    requestId,
    modelId,
    result,
    attempts: attempts.length,
    durationMs,
    usage,
    failure: null,
  })
  const view: RequestView = {
    id: requestId,
    modelId,
    modelName: modelId,
    standIn: null,
    client: 'playground',
    startedAtMs: request.startMs,
    endedAtMs: atMs,
    firstOutputMs: null,
    result,
    attempts,
    usage,
    failure: null,
  }
  return { events, view }
}

/** The events of several requests as they would interleave. */
export const interleaved = (requests: readonly ScriptedRequest[]): LiveEvent[] =>
  requests.flatMap((request) => script(request).events).sort((a, b) => a.atMs - b.atMs)
