import type { RequestId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { RequestView } from '../../shared/request.ts'
import { isRehearsed } from '../../shared/rehearsal-terms.ts'
import { startedRequest, withEvent } from '../../shared/request-history.ts'

/** Every request that runs, and the last ones that have ended: a request that has ended never changes again. */
export interface RecentRequests {
  /** The request as the event leaves it; undefined when the event is about none that runs. */
  record: (event: LiveEvent) => RequestView | undefined
  /** Newest first, without those of rehearsals: they are no part of what happened to the keys. */
  list: (limit: number) => RequestView[]
  find: (id: RequestId) => RequestView | undefined
}

export function createRecentRequests(capacity = 2_000): RecentRequests {
  const running = new Map<RequestId, RequestView>()
  const ended = new Map<RequestId, RequestView>()

  const after = (event: LiveEvent): RequestView | undefined => {
    if (event.kind === 'request-started') return startedRequest(event)
    if (!('requestId' in event)) return undefined
    const request = running.get(event.requestId)
    return request && withEvent(request, event)
  }

  return {
    record(event) {
      const request = after(event)
      if (!request) return undefined
      if (request.endedAtMs === null) running.set(request.id, request)
      else {
        running.delete(request.id)
        ended.set(request.id, request)
        const oldest = ended.keys().next()
        if (ended.size > capacity && !oldest.done) ended.delete(oldest.value)
      }
      return request
    },
    list: (limit) =>
      [...ended.values(), ...running.values()]
        .filter((request) => !isRehearsed(request))
        .toSorted((a, b) => a.startedAtMs - b.startedAtMs)
        .slice(-limit)
        .toReversed(),
    find: (id) => running.get(id) ?? ended.get(id),
  }
}
