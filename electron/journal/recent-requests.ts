import type { RequestId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { RequestView } from '../../shared/request.ts'
import { startedRequest, withEvent } from '../../shared/request-history.ts'

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
        requests.set(event.requestId, startedRequest(event))
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
