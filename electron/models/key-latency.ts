import type { LiveEvent } from '../../shared/live-event.ts'

/** Enough for a steady median, and few enough that a key which has become slow shows it soon. */
const kept = 50

/** How long the last answers of each key took, since the application began. */
export function createKeyLatency() {
  const took = new Map<string, number[]>()
  const placeOf = (modelId: string, keyId: string) => `${modelId}/${keyId}`
  return {
    record(event: LiveEvent): void {
      if (event.kind !== 'attempt-ended' || event.outcome.kind !== 'served') return
      const place = placeOf(event.modelId, event.keyId)
      took.set(place, [...(took.get(place) ?? []), event.durationMs].slice(-kept))
    },
    /** The median; null before the first answer. */
    p50Of(modelId: string, keyId: string): number | null {
      const sorted = took.get(placeOf(modelId, keyId))?.toSorted((a, b) => a - b)
      return sorted?.[Math.floor((sorted.length - 1) / 2)] ?? null
    },
  }
}
