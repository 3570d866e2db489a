// Opening gives a session or a failure that says why not; it never changes what could not be opened.
import { Failure } from '../../shared/failure.ts'
import type { Opener, VaultState } from '../../shared/vault.ts'
import type { Backoff } from './backoff.ts'
import type { KeyProtector } from './key-protector.ts'
import type { Opening } from './opening.ts'
import { isGuess, notOpened, openWith, openWithProtectors } from './opening.ts'
import type { DeriveKey } from './passphrase.ts'
import type { Session } from './session.ts'
import type { VaultCore } from './vault-core.ts'

export interface Unlocking {
  unlock(with_: { passphrase: string }): Promise<VaultState>
  unlockWithKit(with_: { kit: string }): Promise<VaultState>
  /** Tries every keychain and key file slot; false when none of them opens now. */
  unlockWithProtector(): Promise<boolean>
  /** Asks again who is there while the vault is open, before a reveal or an export. */
  verify(opener: Opener): Promise<void>
}

export interface UnlockingDeps {
  readonly core: VaultCore<unknown>
  readonly backoff: Backoff
  readonly deriveKey: DeriveKey
  readonly protectors: readonly KeyProtector[]
  readonly status: () => VaultState
}

export function createUnlocking(deps: UnlockingDeps): Unlocking {
  const { core, backoff } = deps

  /** The data key that an opening gave, or the failure that it is. */
  async function keyOf(opening: Opening, opener: Opener): Promise<Buffer> {
    if (opening.kind === 'opened') {
      backoff.hit()
      return opening.dek
    }
    if (opening.kind === 'damaged') throw await core.markDamaged()
    if (opening.kind === 'wrong' && isGuess(opener)) backoff.miss()
    throw notOpened(opening.kind, opener, backoff.waitMs())
  }

  function checkWait(opener: Opener): void {
    const waitMs = backoff.waitMs()
    if (waitMs > 0 && isGuess(opener)) throw notOpened('wrong', opener, waitMs)
  }

  /** A lock that comes while a key is being derived wins. */
  function checkNotLockedSince(epoch: number, dek: Buffer): void {
    if (core.epoch() === epoch) return
    dek.fill(0)
    throw new Failure('VAULT_LOCKED', {})
  }

  async function verified(session: Session<unknown>, opener: Opener): Promise<void> {
    const dek = await keyOf(await openWith(session, opener, deps), opener)
    dek.fill(0)
  }

  async function openBy(subject: string, opener: Opener): Promise<VaultState> {
    const epoch = core.epoch()
    return core.queue(async () => {
      checkWait(opener)
      const opened = core.session()
      // Whoever asks must be able to open it also when it is open already.
      if (opened !== null) {
        await verified(opened, opener)
        return deps.status()
      }
      const file = await core.requiredFile()
      const dek = await keyOf(await openWith(file, opener, deps), opener)
      checkNotLockedSince(epoch, dek)
      await core.open(file, dek, { action: 'unlock', subject })
      return deps.status()
    })
  }

  async function openByProtector(epoch: number): Promise<boolean> {
    if (core.session() !== null) return true
    const found = await core.reload()
    if (found.kind !== 'vault') return false
    const opened = await openWithProtectors(found.file, deps.protectors)
    if (opened.kind !== 'opened') return false
    checkNotLockedSince(epoch, opened.dek)
    const subject = found.file.slots.find((slot) => slot.id === opened.slotId)?.kind ?? 'os'
    await core.open(found.file, opened.dek, { action: 'unlock', subject })
    return true
  }

  return {
    unlock: ({ passphrase }) => openBy('pass', { passphrase }),

    unlockWithKit: ({ kit }) => openBy('recovery', { kit }),

    unlockWithProtector() {
      const epoch = core.epoch()
      return core.queue(() => openByProtector(epoch))
    },

    verify: (opener) =>
      core.queue(async () => {
        checkWait(opener)
        await verified(core.required(), opener)
      }),
  }
}
