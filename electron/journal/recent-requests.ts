import type { RequestId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { RequestView } from '../../shared/request.ts'
import { isRehearsed } from '../../shared/rehearsal-terms.ts'
import { startedRequest, withEvent, type LaterEvent, type StartedEvent } from '../../shared/request-history.ts'

/**
 * What has been told of one request. Its events are kept as they came: to fold them at each step would cost more than
 * anything else about recording, and few requests are ever looked at while they are recent.
 */
export interface RequestLog {
  readonly started: StartedEvent
  readonly later: LaterEvent[]
  /** Where it stands with the outbox. */
  admission: 'admitted' | 'refused' | null
  isWaiting: boolean
  /** It was handed over before, whatever came of that. */
  wasSent: boolean
}

/** Every request that runs, and the last ones that have ended: a request that has ended never changes again. */
export interface RecentRequests {
  /** The request after the event; undefined when the event is about none that runs. */
  record: (event: LiveEvent) => RequestLog | undefined
  /** Newest first, without those of rehearsals: they are no part of what happened to the keys. */
  list: (limit: number) => RequestView[]
  find: (id: RequestId) => RequestView | undefined
}

export function createRecentRequests(capacity = 1_000): RecentRequests {
  const running = new Map<RequestId, RequestLog>()
  /** A ring: the newest stands before `next`. */
  const ended: RequestLog[] = []
  let next = 0

  function begin(started: StartedEvent): RequestLog {
    const log: RequestLog = { started, later: [], admission: null, isWaiting: false, wasSent: false }
    running.set(started.requestId, log)
    return log
  }

  function end(id: RequestId, log: RequestLog): void {
    running.delete(id)
    ended[next] = log
    next = (next + 1) % capacity
  }

  return {
    record(event) {
      if (event.kind === 'request-started') return begin(event)
      if (!('requestId' in event)) return undefined
      const log = running.get(event.requestId)
      if (!log) return undefined
      log.later.push(event)
      if (event.kind === 'request-ended') end(event.requestId, log)
      return log
    },
    list(limit) {
      const recent = [...ended.slice(next), ...ended.slice(0, next), ...running.values()]
      return recent
        .filter(({ started }) => !isRehearsed(started))
        .toSorted((a, b) => a.started.atMs - b.started.atMs)
        .slice(-limit)
        .toReversed()
        .map(viewOf)
    },
    find(id) {
      const log = running.get(id) ?? ended.find(({ started }) => started.requestId === id)
      return log && viewOf(log)
    },
  }
}

export const viewOf = ({ started, later }: RequestLog): RequestView => later.reduce(withEvent, startedRequest(started))
