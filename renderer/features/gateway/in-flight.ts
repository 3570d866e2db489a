import type { RequestView } from '../../../shared/request.ts'

/** One request that a client of the gateway is waiting for. */
export interface InFlight {
  id: string
  client: string
  /** As it was asked for, and the one that stands in for it. */
  model: string
  standIn: string | null
  /** The key in use, or null while none is. */
  key: string | null
  attempt: number
  startedAtMs: number
  /** Waiting for a key to come back, until then when that is known. */
  parked: { untilMs: number | null } | null
  /** Its answer has begun to arrive. */
  answering: boolean
}

/** What this application asks for itself goes through no client. */
const ownClients: readonly string[] = ['playground', 'key-test']

/** Oldest first, so that a row keeps its place while younger ones come and go. */
export function inFlightOf(
  requests: readonly RequestView[],
  parkedUntilMs: (requestId: string) => number | null,
): InFlight[] {
  return requests
    .filter(({ endedAtMs, client }) => endedAtMs === null && !ownClients.includes(client))
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs)
    .map((request) => {
      const attempt = request.attempts.at(-1)
      return {
        id: request.id,
        client: request.client,
        model: request.modelName,
        standIn: request.standIn?.modelName ?? null,
        key: attempt?.outcome === null ? attempt.keyLabel : null,
        attempt: attempt?.number ?? 0,
        startedAtMs: request.startedAtMs,
        parked: request.result === 'parked' ? { untilMs: parkedUntilMs(request.id) } : null,
        answering: request.firstOutputMs !== null,
      }
    })
}
