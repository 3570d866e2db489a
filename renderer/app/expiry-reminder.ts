// Before the last day of a key is over its person is reminded: once in a run for each day that was set, the nearest first,
// and at most one a minute, as of every kind of notification.
import type { ModelView } from '../../shared/model.ts'
import type { KeyNotice } from './key-notices.ts'

export interface ExpiryReminderDeps {
  isOn: () => boolean
  show: (notice: KeyNotice) => void
  wallMs: () => number
}

/** Time enough to make another key. */
export const remindWithinMs = 3 * 24 * 3_600_000
const leastPauseMs = 60_000

export function createExpiryReminder({ isOn, show, wallMs }: ExpiryReminderDeps) {
  const reminded = new Map<string, number>()
  let shownAtMs = -Infinity

  function nearest(models: readonly ModelView[], nowMs: number) {
    let found: { model: ModelView; id: string; label: string; atMs: number } | null = null
    for (const model of models) {
      for (const { id, label, expiresAtMs: atMs } of model.keys) {
        if (atMs === null || atMs <= nowMs || atMs - nowMs > remindWithinMs || reminded.get(id) === atMs) continue
        if (found === null || atMs < found.atMs) found = { model, id, label, atMs }
      }
    }
    return found
  }

  return {
    look(models: readonly ModelView[]): void {
      const nowMs = wallMs()
      if (!isOn() || nowMs - shownAtMs < leastPauseMs) return
      const near = nearest(models, nowMs)
      if (near === null) return
      reminded.set(near.id, near.atMs)
      shownAtMs = nowMs
      show({ kind: 'expiring', modelId: near.model.id, modelName: near.model.name, keyLabel: near.label })
    },
  }
}
