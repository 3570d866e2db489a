import type { LiveEvent } from '../../shared/live-event.ts'

/** Enough for a steady median, and few enough that a key which has become slow shows it soon. */
const kept = 50

interface Took {
  /** Written round and round. */
  last: number[]
  next: number
}

/** How long the last answers of each key took, since the application began. */
export function createKeyLatency() {
  const took = new Map<string, Map<string, Took>>()

  function begin(modelId: string, keyId: string, durationMs: number) {
    const ofModel = took.get(modelId) ?? new Map<string, Took>()
    took.set(modelId, ofModel.set(keyId, { last: [durationMs], next: 1 }))
  }

  return {
    record(event: LiveEvent): void {
      if (event.kind !== 'attempt-ended' || event.outcome.kind !== 'served') return
      const known = took.get(event.modelId)?.get(event.keyId)
      if (!known) begin(event.modelId, event.keyId, event.durationMs)
      else {
        known.last[known.next % kept] = event.durationMs
        known.next += 1
      }
    },
    /** The median; null before the first answer. */
    p50Of(modelId: string, keyId: string): number | null {
      const sorted = took
        .get(modelId)
        ?.get(keyId)
        ?.last.toSorted((a, b) => a - b)
      return sorted?.[Math.floor((sorted.length - 1) / 2)] ?? null
    },
  }
}
