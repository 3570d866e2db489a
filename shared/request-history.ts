import type { RequestId } from './identity.ts'
import type { LiveEvent } from './live-event.ts'
import type { RequestView } from './request.ts'

export type StartedEvent = Extract<LiveEvent, { kind: 'request-started' }>
/** What may follow. */
export type LaterEvent = Exclude<Extract<LiveEvent, { requestId: RequestId }>, StartedEvent>

/** A request as its first event leaves it. */
export function startedRequest(event: StartedEvent): RequestView {
  return {
    id: event.requestId,
    modelId: event.modelId,
    modelName: event.modelName,
    standIn: null,
    client: event.client,
    startedAtMs: event.atMs,
    endedAtMs: null,
    firstOutputMs: null,
    result: 'running',
    attempts: [],
    usage: null,
    failure: null,
  }
}

/** Back at the model that was asked for, nothing stands in for it. */
function standInOf(
  { modelId: askedFor }: RequestView,
  { modelId, modelName }: Extract<LaterEvent, { kind: 'fell-back' }>,
) {
  return modelId === askedFor ? null : { modelId, modelName }
}

/** A request after one more of its events: whatever is known of one is this fold. */
export function withEvent(request: RequestView, event: LaterEvent): RequestView {
  switch (event.kind) {
    case 'request-parked':
      return { ...request, result: 'parked' }
    case 'fell-back':
      return { ...request, standIn: standInOf(request, event) }
    case 'attempt-started': {
      const { number, modelId, keyId, keyLabel, probe, atMs } = event
      const model = modelId === request.modelId ? {} : { modelId }
      const attempt = { number, ...model, keyId, keyLabel, probe, startedAtMs: atMs, durationMs: null, outcome: null }
      return { ...request, result: 'running', attempts: [...request.attempts, attempt] }
    }
    case 'first-output':
      return { ...request, firstOutputMs: event.afterMs }
    case 'attempt-ended':
      return {
        ...request,
        attempts: request.attempts.map((attempt) =>
          attempt.number === event.number
            ? { ...attempt, durationMs: event.durationMs, outcome: event.outcome }
            : attempt,
        ),
      }
    case 'request-ended':
      return { ...request, endedAtMs: event.atMs, result: event.result, usage: event.usage, failure: event.failure }
    default:
      return event satisfies never
  }
}

/** A retry that the same key served is luck, not rotation. */
export function isSavedByRotation(request: RequestView): boolean {
  const first = request.attempts[0]
  const last = request.attempts.at(-1)
  return request.result === 'served' && first !== undefined && last !== undefined && first.keyId !== last.keyId
}
