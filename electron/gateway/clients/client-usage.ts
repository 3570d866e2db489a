import type { ClientId, ClientView } from '../../../shared/gateway.ts'
import type { LiveEvent } from '../../../shared/live-event.ts'
import { ByRequest } from '../../events/by-request.ts'
import type { DayLedger } from './day-ledger.ts'

type Usage = Pick<ClientView, 'lastSeenAtMs' | 'requests' | 'inFlight' | 'tokensToday'>

/** What clients have used since the application started; the day's tokens outlive it. */
export interface ClientUsage {
  of: (id: ClientId) => Usage
  /** A request with this client's token has come; the returned function says that its answer is over. */
  begin: (id: ClientId) => () => void
  /** All answers under way. */
  inFlight: () => number
  /** Counts tokens from the events, which every request's end is told by. */
  record: (event: LiveEvent) => void
  forgetOthers: (known: ReadonlySet<ClientId>) => void
}

interface Counts {
  lastSeenAtMs: number | null
  requests: number
  inFlight: number
}

export interface UsageDeps {
  ledger: DayLedger
  wallMs: () => number
  clientNamed: (name: string) => { id: ClientId } | undefined
}

export function createClientUsage({ ledger, wallMs, clientNamed }: UsageDeps): ClientUsage {
  const counts = new Map<ClientId, Counts>()
  const asking = new ByRequest<ClientId>()
  let total = 0

  const countsOf = (id: ClientId): Counts => {
    const known = counts.get(id)
    if (known) return known
    const fresh = { lastSeenAtMs: null, requests: 0, inFlight: 0 }
    counts.set(id, fresh)
    return fresh
  }

  return {
    of(id) {
      const { lastSeenAtMs, requests, inFlight } = counts.get(id) ?? { lastSeenAtMs: null, requests: 0, inFlight: 0 }
      return { lastSeenAtMs, requests, inFlight, tokensToday: ledger.of(id) }
    },
    begin(id) {
      const client = countsOf(id)
      client.lastSeenAtMs = wallMs()
      client.requests += 1
      client.inFlight += 1
      total += 1
      return () => {
        client.inFlight -= 1
        total -= 1
      }
    },
    inFlight: () => total,
    record(event) {
      if (event.kind === 'request-started') {
        const client = clientNamed(event.client)
        if (client) asking.set(event.requestId, client.id)
      } else if (event.kind === 'request-ended') {
        const id = asking.take(event.requestId)
        if (!id || !event.usage) return
        ledger.add(id, event.usage.promptTokens + event.usage.completionTokens)
      }
    },
    forgetOthers(known) {
      for (const id of counts.keys()) if (!known.has(id)) counts.delete(id)
      // Nobody is known before the vault was open, and the day's tokens are still theirs.
      if (known.size > 0) ledger.keepOnly(known)
    },
  }
}
