import type { ModelId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'

/** The last seconds over which a rate is told; the one under way is not over yet, and does not count. */
const windowSeconds = 10

export interface ModelRates {
  take: (events: readonly LiveEvent[]) => void
  /** Requests a second. */
  rateOf: (modelId: ModelId, nowMs: number) => number
}

/** How often each model is asked now: a count for each of the last seconds, whatever the rate. */
export function createModelRates(): ModelRates {
  const counts = new Map<ModelId, Map<number, number>>()

  const count = (modelId: ModelId, second: number) => {
    const seconds = counts.get(modelId) ?? new Map<number, number>()
    counts.set(modelId, seconds)
    seconds.set(second, (seconds.get(second) ?? 0) + 1)
    for (const old of seconds.keys()) if (old < second - windowSeconds) seconds.delete(old)
  }

  return {
    take(events) {
      for (const event of events) {
        if (event.kind === 'request-started') count(event.modelId, Math.floor(event.atMs / 1000))
      }
    },
    rateOf(modelId, nowMs) {
      const current = Math.floor(nowMs / 1000)
      const within = [...(counts.get(modelId) ?? [])].filter(
        ([second]) => second < current && second >= current - windowSeconds,
      )
      return within.reduce((sum, [, requests]) => sum + requests, 0) / windowSeconds
    },
  }
}

export const modelRates = createModelRates()
