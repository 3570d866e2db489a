import type { RequestId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { RequestView } from '../../shared/request.ts'

/** Recording never delays or fails a request: it only listens, and keeps the last requests in memory. */
export interface RecentRequests {
  record: (event: LiveEvent) => void
  /** Newest first. */
  list: (limit: number) => RequestView[]
  find: (id: RequestId) => RequestView | undefined
}

export function createRecentRequests(capacity = 2_000): RecentRequests {
  const requests = new Map<RequestId, RequestView>()

  const change = (id: RequestId, next: (request: RequestView) => RequestView) => {
    const request = requests.get(id)
    if (request) requests.set(id, next(request))
  }

  return {
    record(event) {
      if (event.kind === 'request-started') {
        requests.set(event.requestId, started(event))
        const oldest = requests.keys().next()
        if (requests.size > capacity && !oldest.done) requests.delete(oldest.value)
      } else if ('requestId' in event) {
        change(event.requestId, (request) => withEvent(request, event))
      }
    },
    list: (limit) => [...requests.values()].slice(-limit).toReversed(),
    find: (id) => requests.get(id),
  }
}

type Started = Extract<LiveEvent, { kind: 'request-started' }>
type Later = Exclude<Extract<LiveEvent, { requestId: RequestId }>, Started>

function started(event: Started): RequestView {
  return {
    id: event.requestId,
    modelId: event.modelId,
    modelName: event.modelName,
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

/** A request after one more of its events: the journal's whole knowledge is this fold. */
function withEvent(request: RequestView, event: Later): RequestView {
  switch (event.kind) {
    case 'request-parked':
      return { ...request, result: 'parked' }
    case 'attempt-started': {
      const { number, keyId, keyLabel, probe, atMs } = event
      const attempt = { number, keyId, keyLabel, probe, startedAtMs: atMs, durationMs: null, outcome: null }
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
