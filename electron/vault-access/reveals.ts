// A secret is shown only to a person at an open interface, at most ten a minute, and never before the audit list says so.
import { Failure } from '../../shared/failure.ts'
import type { KeyId, ModelId } from '../../shared/identity.ts'
import { subjectOf } from '../models/key-secrets.ts'
import type { Models } from '../models/models.ts'

const maxShown = 10
const withinMs = 60_000
export const clipboardMs = 30_000

export interface RevealDeps {
  models: Pick<Models, 'list' | 'secretOf'>
  /** Fails unless the vault and the interface are open. */
  gate: () => void
  audit: (entry: { action: 'reveal' | 'copy'; subject: string }) => Promise<void>
  nowMs: () => number
}

export function createReveals({ models, gate, audit, nowMs }: RevealDeps) {
  let shownAtMs: number[] = []

  function count(): void {
    const now = nowMs()
    shownAtMs = shownAtMs.filter((atMs) => now - atMs < withinMs)
    const [first = now] = shownAtMs
    if (shownAtMs.length >= maxShown) throw new Failure('REVEAL_LIMIT', { waitMs: first + withinMs - now })
    shownAtMs.push(now)
  }

  /** The simulator's keys are worth nothing, and there may be no vault to note them in. */
  async function show(action: 'reveal' | 'copy', modelId: ModelId, keyId: KeyId): Promise<string> {
    const listed = models.list().find(({ model }) => model.id === modelId)
    if (listed?.origin === 'simulator') return models.secretOf(modelId, keyId)
    gate()
    if (!listed) throw new Failure('MODEL_NOT_FOUND', {})
    const secret = models.secretOf(modelId, keyId)
    count()
    const key = listed.model.keys.find(({ id }) => id === keyId)
    await audit({ action, subject: subjectOf(listed.model, key) })
    return secret
  }

  return {
    reveal: async (modelId: ModelId, keyId: KeyId) => ({ secret: await show('reveal', modelId, keyId) }),
    copy: async (modelId: ModelId, keyId: KeyId) => ({
      secret: await show('copy', modelId, keyId),
      clearedAfterMs: null,
    }),
  }
}
