import type { RequestId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { RequestView } from '../../shared/request.ts'
import { isRehearsed } from '../../shared/rehearsal-terms.ts'
import { ByRequest } from '../events/by-request.ts'
import type { EndedRequests } from './ended-requests.ts'
import { newLog, viewOf, type RequestLog } from './request-log.ts'

/** Every request that runs, and the last ones that have ended: a request that has ended never changes again. */
export interface RecentRequests {
  /** The request after the event; undefined when the event is about none that runs. */
  record: (event: LiveEvent) => RequestLog | undefined
  running: () => Iterable<RequestLog>
  /** Newest first, without those of rehearsals: they are no part of what happened to the keys. */
  list: (limit: number) => RequestView[]
  find: (id: RequestId) => RequestView | undefined
}

export function createRecentRequests(ended: Pick<EndedRequests, 'list' | 'find'>): RecentRequests {
  const running = new ByRequest<RequestLog>()

  return {
    record(event) {
      if (event.kind === 'request-started') {
        const log = newLog(event)
        running.set(event.requestId, log)
        return log
      }
      if (!('requestId' in event)) return undefined
      const hasEnded = event.kind === 'request-ended'
      const log = hasEnded ? running.take(event.requestId) : running.get(event.requestId)
      if (!log) return undefined
      log.later.push(event)
      log.hasEnded = hasEnded
      return log
    },
    running: () => running.values(),
    list: (limit) =>
      [...ended.list(), ...Array.from(running.values(), viewOf)]
        .filter((request) => !isRehearsed(request))
        .toSorted((a, b) => a.startedAtMs - b.startedAtMs)
        .slice(-limit)
        .toReversed(),
    find(id) {
      const log = running.get(id)
      return log ? viewOf(log) : ended.find(id)
    },
  }
}
