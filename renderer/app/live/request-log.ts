/**
 * The last requests as whole records: the running ones, the youngest finished ones, and apart from those the youngest
 * that met a failure, so that a thousand smooth requests do not push one failure out of sight. A record is replaced,
 * never changed in place.
 */
import type { RequestView } from '../../../shared/request.ts'

export interface RequestLog {
  get(id: string): RequestView | undefined
  put(request: RequestView): void
  /** Forgets running requests that main no longer knows. */
  dropRunningExcept(ids: ReadonlySet<string>): void
  running(): RequestView[]
  /** Youngest first. */
  recent(): RequestView[]
  /** Requests with a failed attempt or without an answer, youngest first. */
  eventful(): RequestView[]
}

const logLimits = { finished: 2_000, eventful: 500, running: 10_000 }

export const isRunning = (request: RequestView): boolean => request.result === 'running' || request.result === 'parked'

const isEventful = (request: RequestView): boolean =>
  request.result === 'failed' ||
  request.attempts.some((attempt) => attempt.outcome !== null && attempt.outcome.kind !== 'served')

export function createRequestLog(limits = logLimits): RequestLog {
  const running = new Map<string, RequestView>()
  const finished = new Map<string, RequestView>()
  const eventful = new Map<string, RequestView>()

  return {
    get: (id) => running.get(id) ?? finished.get(id) ?? eventful.get(id),
    put(request) {
      if (isRunning(request)) putBounded(running, request, limits.running)
      else {
        running.delete(request.id)
        putBounded(finished, request, limits.finished)
      }
      if (isEventful(request)) putBounded(eventful, request, limits.eventful)
    },
    dropRunningExcept(ids) {
      for (const id of running.keys()) {
        if (ids.has(id)) continue
        running.delete(id)
        if (eventful.get(id)) eventful.delete(id)
      }
    },
    running: () => [...running.values()],
    recent: () => youngestFirst([...running.values(), ...finished.values()]),
    eventful: () => youngestFirst([...eventful.values()]),
  }
}

function putBounded(map: Map<string, RequestView>, request: RequestView, limit: number): void {
  map.set(request.id, request)
  if (map.size <= limit) return
  const oldest = map.keys().next()
  if (!oldest.done) map.delete(oldest.value)
}

const youngestFirst = (requests: RequestView[]) => requests.sort((a, b) => b.startedAtMs - a.startedAtMs)
