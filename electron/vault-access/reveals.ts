// A secret is shown only to a person at an open interface, at most ten a minute, and never before the audit list says so.
import { Failure } from '../../shared/failure.ts'
import type { HeaderId, KeyId, ModelId } from '../../shared/identity.ts'
import { subjectOf } from '../models/key-secrets.ts'
import type { Models } from '../models/models.ts'
import type { StoredModel } from '../models/stored-model.ts'
import type { Clock } from '../rotation/clock.ts'
import { clipboardMs, createClipboardLoan, type Clipboard } from './clipboard-loan.ts'

const maxShown = 10
const withinMs = 60_000

export interface RevealDeps {
  models: Pick<Models, 'list' | 'secretOf' | 'headerOf'>
  /** Fails unless the vault and the interface are open. */
  gate: () => void
  audit: (entry: { action: 'reveal' | 'copy'; subject: string }) => Promise<void>
  clock: Clock
  /** Left out where only the page can reach it. */
  clipboard: Clipboard | undefined
  reportBug: (error: unknown) => void
}

/** A secret, and how the list of what was done names it. */
interface Wanted {
  read: () => string
  nameIn: (model: StoredModel) => { label: string } | undefined
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
  async function show(action: 'reveal' | 'copy', modelId: ModelId, { read, nameIn }: Wanted): Promise<string> {
    const listed = models.list().find(({ model }) => model.id === modelId)
    if (listed?.origin === 'simulator') return read()
    gate()
    if (!listed) throw new Failure('MODEL_NOT_FOUND', {})
    const secret = read()
    count()
    await audit({ action, subject: subjectOf(listed.model, nameIn(listed.model)) })
    return secret
  }

  const key = (modelId: ModelId, keyId: KeyId): Wanted => ({
    read: () => models.secretOf(modelId, keyId),
    nameIn: ({ keys }) => keys.find(({ id }) => id === keyId),
  })

  const header = (modelId: ModelId, headerId: HeaderId): Wanted => ({
    read: () => models.headerOf(modelId, headerId),
    nameIn: ({ headers }) => ({ label: headers.find(({ id }) => id === headerId)?.name ?? '' }),
  })

  return {
    reveal: async (modelId: ModelId, keyId: KeyId) => ({ secret: await show('reveal', modelId, key(modelId, keyId)) }),
    revealHeader: async (modelId: ModelId, headerId: HeaderId) => ({
      secret: await show('reveal', modelId, header(modelId, headerId)),
    }),
    async copy(modelId: ModelId, keyId: KeyId) {
      const secret = await show('copy', modelId, key(modelId, keyId))
      if (!loan) return { secret, clearedAfterMs: null }
      await loan.lend(secret)
      return { secret: null, clearedAfterMs: clipboardMs }
    },
    /** What is still lent does not outlive the application. */
    close: async () => loan?.takeBack(),
  }
}
