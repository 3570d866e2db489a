// A request is recorded whole or counted as dropped: what waits is each request with all that is known of it, and room is
// only refused to requests that have just begun.
import { resend, type PackedRequests, type RecordedKeyState } from './batch.ts'
import type { EndedRequests } from './ended-requests.ts'
import type { RequestLog } from './request-log.ts'

export interface OutboxLimits {
  requests: number
  keyStates: number
  /** More than these are not handed over at once, so that questions need not wait long. */
  requestsPerBatch: number
}

export const outboxLimits: OutboxLimits = { requests: 40_000, keyStates: 20_000, requestsPerBatch: 2_000 }

export interface Waiting {
  requests: PackedRequests
  keyStates: readonly RecordedKeyState[]
}

export interface Outbox {
  put: (log: RequestLog) => void
  putKeyState: (state: RecordedKeyState) => void
  /** Takes out what has waited longest. */
  take: () => Waiting
  /** What was taken and could not be written waits again, before all else: what is known later builds on it. */
  putBack: (waiting: Waiting) => void
  readonly size: number
  /** Requests that were refused. */
  readonly dropped: number
}

export interface OutboxDeps {
  ended: Pick<EndedRequests, 'add' | 'take' | 'waiting'>
  running: () => Iterable<RequestLog>
  limits?: OutboxLimits
}

export function createOutbox({ ended, running, limits = outboxLimits }: OutboxDeps): Outbox {
  const packs: PackedRequests[] = []
  let keyStates: RecordedKeyState[] = []
  let runningWaiting = 0
  let dropped = 0

  const waiting = () => runningWaiting + ended.waiting + packs.reduce((sum, { ids }) => sum + ids.length, 0)

  const isAdmitted = (log: RequestLog): boolean => {
    if (log.admission === null) {
      log.admission = waiting() < limits.requests ? 'admitted' : 'refused'
      if (log.admission === 'refused') dropped += 1
    }
    return log.admission === 'admitted'
  }

  function setWaiting(log: RequestLog, isWaiting: boolean): void {
    if (log.isWaiting === isWaiting) return
    log.isWaiting = isWaiting
    runningWaiting += isWaiting ? 1 : -1
  }

  function takeRunning(most: number): RequestLog[] {
    if (runningWaiting === 0 || most <= 0) return []
    const taken: RequestLog[] = []
    for (const log of running()) {
      if (log.isWaiting) taken.push(log)
      if (taken.length === most) break
    }
    return taken
  }

  function pack(): PackedRequests {
    const logs = takeRunning(limits.requestsPerBatch - ended.waiting)
    const packed = ended.take(logs)
    for (const log of logs) {
      setWaiting(log, false)
      log.wasSent = true
    }
    return packed
  }

  return {
    put(log) {
      const admitted = isAdmitted(log)
      if (admitted) setWaiting(log, !log.hasEnded)
      if (!log.hasEnded) return
      ended.add(log)
      if (ended.waiting >= limits.requestsPerBatch) packs.push(ended.take())
    },
    putKeyState(state) {
      // The oldest of them mean the least.
      if (keyStates.length >= limits.keyStates) keyStates.shift()
      keyStates.push(state)
    },
    take() {
      const states = keyStates
      keyStates = []
      return { requests: packs.shift() ?? pack(), keyStates: states }
    },
    putBack(back) {
      if (back.requests.ids.length > 0) packs.unshift(resend(back.requests))
      keyStates = [...back.keyStates, ...keyStates].slice(-limits.keyStates)
    },
    get size() {
      return waiting() + keyStates.length
    },
    get dropped() {
      return dropped
    },
  }
}
