import type { ModelView } from '../../../shared/model.ts'
import type { OutcomeKind, OutcomeView } from '../../../shared/outcome.ts'
import type { LiveHistory } from '../../app/live/history.ts'

export interface AttemptRow {
  ordinal: number
  keyId: string
  startedAtMs: number
  durationMs: number | null
  /** Null while it runs. */
  kind: OutcomeKind | null
  failure: OutcomeView | null
  /** The key that took over. */
  nextKeyId: string | null
}

/** The last attempts of a model, youngest first. */
export function attemptRows(history: LiveHistory, model: Pick<ModelView, 'id' | 'keys'>, limit: number): AttemptRow[] {
  const ring = history.attempts
  const keyOf = new Map<number, string>()
  for (const key of model.keys) {
    const index = history.keyIndex(model.id, key.id)
    if (index !== -1) keyOf.set(index, key.id)
  }
  const rows: AttemptRow[] = []
  for (let ordinal = ring.next - 1; ordinal >= ring.first && rows.length < limit; ordinal -= 1) {
    const keyId = keyOf.get(ring.key(ordinal))
    if (keyId === undefined) continue
    const startedAtMs = ring.startedAtMs(ordinal)
    const endedAtMs = ring.endedAtMs(ordinal)
    const next = ring.takenOverBy(ordinal)
    rows.push({
      ordinal,
      keyId,
      startedAtMs,
      durationMs: Number.isNaN(endedAtMs) ? null : endedAtMs - startedAtMs,
      kind: ring.kind(ordinal),
      failure: ring.failure(ordinal),
      nextKeyId: ring.has(next) ? (keyOf.get(ring.key(next)) ?? null) : null,
    })
  }
  return rows
}
