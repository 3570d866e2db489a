// A secret is shown only to a person at an open interface, at most ten a minute, and never before the audit list says so.
import { Failure } from '../../shared/failure.ts'
import type { KeyId, ModelId } from '../../shared/identity.ts'
import { subjectOf } from '../models/key-secrets.ts'
import type { Models } from '../models/models.ts'
import type { Clock } from '../rotation/clock.ts'
import { clipboardMs, createClipboardLoan, type Clipboard } from './clipboard-loan.ts'

const maxShown = 10
const withinMs = 60_000

export interface RevealDeps {
  models: Pick<Models, 'list' | 'secretOf'>
  /** Fails unless the vault and the interface are open. */
  gate: () => void
  audit: (entry: { action: 'reveal' | 'copy'; subject: string }) => Promise<void>
  clock: Clock
  /** Left out where only the page can reach it. */
  clipboard: Clipboard | undefined
  reportBug: (error: unknown) => void
}

export function createReveals({ models, gate, audit, clock, clipboard, reportBug }: RevealDeps) {
  const loan = clipboard && createClipboardLoan({ clipboard, clock, reportBug })
  let shownAtMs: number[] = []

  function count(): void {
    const now = clock.nowMs()
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
    async copy(modelId: ModelId, keyId: KeyId) {
      const secret = await show('copy', modelId, keyId)
      if (!loan) return { secret, clearedAfterMs: null }
      await loan.lend(secret)
      return { secret: null, clearedAfterMs: clipboardMs }
    },
    /** What is still lent does not outlive the application. */
    close: async () => loan?.takeBack(),
  }
}
