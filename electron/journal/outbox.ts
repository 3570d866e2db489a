// A request is recorded whole or counted as dropped: what waits is each request with all that is known of it, and room is
// only refused to requests that have just begun.
import type { RecordedKeyState } from './batch.ts'
import type { RequestLog } from './recent-requests.ts'

export interface OutboxLimits {
  requests: number
  keyStates: number
}

export const outboxLimits: OutboxLimits = { requests: 40_000, keyStates: 20_000 }

export interface Waiting {
  requests: readonly RequestLog[]
  keyStates: readonly RecordedKeyState[]
}

export interface Outbox {
  put: (log: RequestLog) => void
  putKeyState: (state: RecordedKeyState) => void
  /** Takes out what has waited longest. */
  take: (most: number) => Waiting
  /** What was taken and could not be written waits again. */
  putBack: (waiting: Waiting) => void
  readonly size: number
  /** Requests that were refused. */
  readonly dropped: number
}

export function createOutbox(limits: OutboxLimits = outboxLimits): Outbox {
  let requests: RequestLog[] = []
  let keyStates: RecordedKeyState[] = []
  let dropped = 0

  const isAdmitted = (log: RequestLog): boolean => {
    if (log.admission === null) {
      log.admission = requests.length < limits.requests ? 'admitted' : 'refused'
      if (log.admission === 'refused') dropped += 1
    }
    return log.admission === 'admitted'
  }

  return {
    put(log) {
      if (log.isWaiting || !isAdmitted(log)) return
      log.isWaiting = true
      requests.push(log)
    },
    putKeyState(state) {
      // The oldest of them mean the least.
      if (keyStates.length >= limits.keyStates) keyStates.shift()
      keyStates.push(state)
    },
    take(most) {
      const taken = requests.slice(0, most)
      requests = requests.length > most ? requests.slice(most) : []
      for (const log of taken) log.isWaiting = false
      const states = keyStates
      keyStates = []
      return { requests: taken, keyStates: states }
    },
    putBack(waiting) {
      const back = new Set(waiting.requests)
      for (const log of back) log.isWaiting = true
      requests = [...back, ...requests.filter((log) => !back.has(log))]
      keyStates = [...waiting.keyStates, ...keyStates].slice(-limits.keyStates)
    },
    get size() {
      return requests.length + keyStates.length
    },
    get dropped() {
      return dropped
    },
  }
}
