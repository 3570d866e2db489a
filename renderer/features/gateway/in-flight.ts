import type { ModelView } from '../../../shared/model.ts'
import type { RequestView } from '../../../shared/request.ts'
import { nextReturnMs } from '../../app/next-return.ts'

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
const ownClients: readonly string[] = ['playground', 'key-test', 'rehearsal']

/**
 * Until when a request waits: as it was told of it, or, to a page that was opened since, when the first key of the model
 * that it waits for comes back.
 */
export function waitsUntilMs(
  { id, modelId, standIn }: RequestView,
  told: (requestId: string) => number | null,
  models: readonly Pick<ModelView, 'id' | 'keys'>[],
  nowMs: number,
): number | null {
  const waitsFor = standIn?.modelId ?? modelId
  return told(id) ?? nextReturnMs(models.find((model) => model.id === waitsFor)?.keys ?? [], nowMs)
}

/** Oldest first, so that a row keeps its place while younger ones come and go. */
export function inFlightOf(
  requests: readonly RequestView[],
  parkedUntilMs: (request: RequestView) => number | null,
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
        parked: request.result === 'parked' ? { untilMs: parkedUntilMs(request) } : null,
        answering: request.firstOutputMs !== null,
      }
    })
}
