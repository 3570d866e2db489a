import type { LiveBatch } from '../../shared/live-event.ts'
import type { RequestView } from '../../shared/request.ts'
import type { Implementer } from './implementer.ts'

export interface ActivityServices {
  recentRequests: (limit: number) => RequestView[]
  live: (signal: AbortSignal | undefined) => AsyncGenerator<LiveBatch>
}

export function activityProcedures(os: Implementer, { recentRequests, live }: ActivityServices) {
  return {
    activity: { recent: os.activity.recent.handler(({ input }) => recentRequests(input.limit)) },
    events: { live: os.events.live.handler(({ signal }) => live(signal)) },
  }
}
