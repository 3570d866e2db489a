// Opening gives a session or a failure that says why not; it never changes what could not be opened.
import { Failure } from '../../shared/failure.ts'
import type { VaultStatus } from '../../shared/vault.ts'
import type { Backoff } from './backoff.ts'
import type { KeyProtector } from './key-protector.ts'
import type { Opening } from './opening.ts'
import { openWithKit, openWithPassphrase, openWithProtectors } from './opening.ts'
import type { DeriveKey } from './passphrase.ts'
import type { VaultCore } from './vault-core.ts'
import type { VaultFile } from './vault-file.ts'

export interface Unlocking {
  unlock(with_: { passphrase: string }): Promise<VaultStatus>
  unlockWithKit(with_: { kit: string }): Promise<VaultStatus>
  /** Tries every keychain and key file slot; false when none of them opens now. */
  unlockWithProtector(): Promise<boolean>
  /** Asks for the passphrase again while the vault is open, before a reveal or an export. */
  verify(with_: { passphrase: string }): Promise<void>
}

export interface UnlockingDeps {
  readonly core: VaultCore<unknown>
  readonly backoff: Backoff
  readonly deriveKey: DeriveKey
  readonly protectors: readonly KeyProtector[]
  readonly status: () => VaultStatus
}

export function createUnlocking(deps: UnlockingDeps): Unlocking {
  const { core, backoff } = deps

  /** The data key that an opening gave, or the failure that it is. */
  async function keyOf(opening: Opening): Promise<Buffer> {
    if (opening.kind === 'opened') {
      backoff.hit()
      return opening.dek
    }
    if (opening.kind === 'damaged') throw await core.markDamaged()
    if (opening.kind === 'absent') throw new Failure('PROTECTION_UNAVAILABLE', { protection: 'pass' })
    backoff.miss()
    throw new Failure('WRONG_PASSPHRASE', { waitMs: backoff.waitMs() })
  }

  function checkWait(): void {
    const waitMs = backoff.waitMs()
    if (waitMs > 0) throw new Failure('WRONG_PASSPHRASE', { waitMs })
  }

  /** A lock that comes while a key is being derived wins. */
  function checkNotLockedSince(epoch: number, dek: Buffer): void {
    if (core.epoch() === epoch) return
    dek.fill(0)
    throw new Failure('VAULT_LOCKED', {})
  }

  async function openBy(subject: string, attempt: (file: VaultFile) => Promise<Opening>): Promise<VaultStatus> {
    const epoch = core.epoch()
    return core.queue(async () => {
      if (core.session() !== null) return deps.status()
      checkWait()
      const file = await core.requiredFile()
      const dek = await keyOf(await attempt(file))
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
    unlock: ({ passphrase }: { passphrase: string }) =>
      openBy('pass', (file) => openWithPassphrase(file, passphrase, deps.deriveKey)),

    unlockWithKit: ({ kit }: { kit: string }) => openBy('recovery', (file) => openWithKit(file, kit)),

    unlockWithProtector() {
      const epoch = core.epoch()
      return core.queue(() => openByProtector(epoch))
    },

    verify: ({ passphrase }: { passphrase: string }) =>
      core.queue(async () => {
        checkWait()
        const session = core.required()
        const dek = await keyOf(await openWithPassphrase(session, passphrase, deps.deriveKey))
        dek.fill(0)
      }),
  }
}
