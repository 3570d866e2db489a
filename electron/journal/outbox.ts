// A request is recorded whole or counted as dropped: what waits is the newest state of each, and room is only refused
// to requests that have just begun.
import type { RequestId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { RequestView } from '../../shared/request.ts'
import type { RecordedKeyState, RecordedRequest } from './batch.ts'

export interface OutboxLimits {
  requests: number
  keyStates: number
}

export const outboxLimits: OutboxLimits = { requests: 40_000, keyStates: 20_000 }

export interface Waiting {
  requests: RecordedRequest[]
  keyStates: RecordedKeyState[]
}

export interface Outbox {
  /** The request as the event left it. */
  put: (view: RequestView, event: LiveEvent) => void
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
  const requests = new Map<RequestId, RecordedRequest>()
  /** Running requests that were let in, and those that were not. */
  const admitted = new Set<RequestId>()
  const refused = new Set<RequestId>()
  let keyStates: RecordedKeyState[] = []
  let dropped = 0

  const isAdmitted = ({ id }: RequestView): boolean => {
    if (admitted.has(id) || requests.has(id)) return true
    if (refused.has(id)) return false
    if (requests.size < limits.requests) return true
    dropped += 1
    return false
  }

  const remember = ({ id, endedAtMs }: RequestView, isIn: boolean) => {
    const isRunning = endedAtMs === null
    if (isRunning && isIn) admitted.add(id)
    else admitted.delete(id)
    if (isRunning && !isIn) refused.add(id)
    else refused.delete(id)
  }

  return {
    put(view, event) {
      const isIn = isAdmitted(view)
      remember(view, isIn)
      if (!isIn) return
      let waiting = requests.get(view.id)
      if (waiting) waiting.view = view
      else requests.set(view.id, (waiting = { view, decisions: [], headers: [] }))
      addNotes(waiting, event)
    },
    putKeyState(state) {
      // The oldest of them mean the least.
      if (keyStates.length >= limits.keyStates) keyStates.shift()
      keyStates.push(state)
    },
    take(most) {
      const taken: RecordedRequest[] = []
      for (const [id, request] of requests) {
        if (taken.length >= most) break
        requests.delete(id)
        taken.push(request)
      }
      const states = keyStates
      keyStates = []
      return { requests: taken, keyStates: states }
    },
    putBack(waiting) {
      const newer = new Map(requests)
      requests.clear()
      for (const request of waiting.requests) {
        const { id } = request.view
        const since = newer.get(id)
        newer.delete(id)
        requests.set(id, since ? followedBy(request, since) : request)
      }
      for (const [id, request] of newer) requests.set(id, request)
      keyStates = [...waiting.keyStates, ...keyStates].slice(-limits.keyStates)
    },
    get size() {
      return requests.size + keyStates.length
    },
    get dropped() {
      return dropped
    },
  }
}

function addNotes({ decisions, headers }: RecordedRequest, event: LiveEvent): void {
  if (event.kind === 'attempt-started' && event.decision) {
    decisions.push({ number: event.number, decision: event.decision })
  }
  if (event.kind === 'attempt-ended' && event.headers) headers.push({ number: event.number, headers: event.headers })
}

const followedBy = (before: RecordedRequest, since: RecordedRequest): RecordedRequest => ({
  view: since.view,
  decisions: [...before.decisions, ...since.decisions],
  headers: [...before.headers, ...since.headers],
})
