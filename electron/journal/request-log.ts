import { startedRequest, withEvent, type LaterEvent, type StartedEvent } from '../../shared/request-history.ts'
import type { RequestView } from '../../shared/request.ts'

/**
 * What has been told of one request that runs. Its events are kept as they came: to fold them at each step would cost more
 * than anything else about recording, and few requests are ever looked at while they are recent.
 */
export interface RequestLog {
  readonly started: StartedEvent
  readonly later: LaterEvent[]
  hasEnded: boolean
  /** Whether the outbox had room for it. */
  admission: 'admitted' | 'refused' | null
  /** Something is known of it that has not been handed over. */
  isWaiting: boolean
  /** It was handed over before, whatever came of that. */
  wasSent: boolean
}

export const newLog = (started: StartedEvent): RequestLog => ({
  started,
  later: [],
  hasEnded: false,
  admission: null,
  isWaiting: false,
  wasSent: false,
})

export const viewOf = ({ started, later }: RequestLog): RequestView => later.reduce(withEvent, startedRequest(started))
