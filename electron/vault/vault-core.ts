// Memory follows the disk: a change counts when its file is in place, and until then the old state stays.
import type * as z from 'zod'
import { Failure } from '../../shared/failure.ts'
import type { BackupReason } from '../../shared/vault.ts'
import type { NewAuditEntry } from './audit.ts'
import { withEntry } from './audit.ts'
import type { Queue } from './queue.ts'
import type { Session } from './session.ts'
import { bodyLimit, openFile, sealSession } from './session.ts'
import type { Slot } from './slot.ts'
import { asFailure } from './storage-error.ts'
import type { VaultFile } from './vault-file.ts'
import type { Loaded, VaultStore } from './vault-store.ts'

/** What is known of the file without its body, which is not kept in memory. */
export type Outline =
  | { kind: 'vault'; vaultId: string; slots: readonly Slot[] }
  | { kind: 'too-new'; format: number }
  | { kind: 'none' | 'damaged' | 'unreadable' }

export interface CoreDeps<Metadata> {
  readonly store: VaultStore
  readonly schema: z.ZodType<Metadata>
  readonly wallMs: () => number
  readonly randomBytes: (size: number) => Buffer
  readonly queue: Queue
  readonly changed: () => void
}

/** What the parts of the vault share: the file as it was last read, and the session while it is open. */
export interface VaultCore<Metadata> {
  readonly queue: Queue
  outline(): Outline
  /** Reads the file again, and remembers what is there. */
  reload(): Promise<Loaded>
  session(): Session<Metadata> | null
  /** The open session, or the failure that says why there is none. */
  required(): Session<Metadata>
  /** Reads the file, or throws the failure that says why there is none. */
  requiredFile(): Promise<VaultFile>
  /** Only within the queue: writes `next` in the place of `base`. */
  write(base: Session<Metadata> | null, next: Session<Metadata>, backup: BackupReason | null): Promise<void>
  open(file: VaultFile, dek: Buffer, entry: NewAuditEntry): Promise<void>
  markDamaged(): Promise<Failure>
  /** Drops the keys at once; what is being written finishes first. */
  lock(): Promise<void>
  /** Changes with every lock, so that what began before it does not open the vault after it. */
  epoch(): number
}

const outlineOf = ({ vaultId, slots }: { vaultId: string; slots: readonly Slot[] }): Outline => ({
  kind: 'vault',
  vaultId,
  slots,
})

const tooNew = (format: number): Failure => new Failure('VAULT_TOO_NEW', { format })

export function createVaultCore<Metadata>(deps: CoreDeps<Metadata>): VaultCore<Metadata> {
  const { store, queue } = deps
  let outline: Outline = { kind: 'none' }
  let session: Session<Metadata> | null = null
  let backupCount = 0
  let epoch = 0

  const damaged = (): Failure => new Failure('VAULT_DAMAGED', { backups: backupCount })

  async function countBackups(): Promise<void> {
    try {
      backupCount = (await store.backups()).length
    } catch {
      backupCount = 0
    }
  }

  async function markDamaged(): Promise<Failure> {
    outline = { kind: 'damaged' }
    await countBackups()
    try {
      await store.keepDamaged()
    } catch {
      // No room for a copy: the damaged file itself is still there, and nothing replaces it before a copy is made.
    }
    deps.changed()
    return damaged()
  }

  async function reload(): Promise<Loaded> {
    const found = await loadOrFail()
    outline = found.kind === 'vault' ? outlineOf(found.file) : found
    if (found.kind === 'damaged') await markDamaged()
    return found
  }

  async function loadOrFail(): Promise<Loaded> {
    try {
      return await store.load()
    } catch (error) {
      // A folder that cannot be read now is not an empty one.
      outline = { kind: 'unreadable' }
      throw asFailure(error)
    }
  }

  function missing(): Failure {
    switch (outline.kind) {
      case 'none':
        return new Failure('VAULT_MISSING', {})
      case 'damaged':
        return damaged()
      case 'too-new':
        return tooNew(outline.format)
      case 'unreadable':
        return new Failure('STORAGE_FAILED', { code: 'UNREADABLE' })
      case 'vault':
      default:
        return new Failure('VAULT_LOCKED', {})
    }
  }

  async function requiredFile(): Promise<VaultFile> {
    const found = await reload()
    if (found.kind === 'vault') return found.file
    throw missing()
  }

  function required(): Session<Metadata> {
    if (session !== null) return session
    throw missing()
  }

  async function write(
    base: Session<Metadata> | null,
    next: Session<Metadata>,
    backup: BackupReason | null,
  ): Promise<void> {
    if (next.newerFormat !== null) throw tooNew(next.newerFormat)
    const bytes = sealSession(next, deps.randomBytes(32), bodyLimit(base, next))
    const result = await store.save(bytes, next.generation, backup)
    const isCurrent = session === base
    // The data key was replaced, or the vault was locked while this was being written.
    if (base !== null && base.dek !== next.dek) base.dek.fill(0)
    if (isCurrent) session = next
    else next.dek.fill(0)
    outline = outlineOf(next)
    deps.changed()
    if (result.kind === 'unconfirmed') throw result.failure
  }

  /** The entry is kept in memory when it cannot be written now (a read-only disk): the next save carries it. */
  async function recordOpening(opened: Session<Metadata>, entry: NewAuditEntry): Promise<void> {
    const audit = withEntry(opened, opened.contents.audit, entry, deps.wallMs())
    const noted = { ...opened, contents: { ...opened.contents, audit } }
    session = noted
    if (noted.newerFormat !== null) return
    try {
      await write(noted, { ...noted, generation: noted.generation + 1 }, null)
    } catch {
      deps.changed()
    }
  }

  async function open(file: VaultFile, dek: Buffer, entry: NewAuditEntry): Promise<void> {
    const opened = openFile(file, dek, deps.schema)
    if (opened.kind === 'damaged') {
      dek.fill(0)
      throw await markDamaged()
    }
    await recordOpening(opened.session, entry)
  }

  async function lock(): Promise<void> {
    const closed = session
    session = null
    epoch += 1
    if (closed !== null) deps.changed()
    await queue(() => Promise.resolve(closed?.dek.fill(0)))
  }

  return {
    queue,
    outline: () => outline,
    reload,
    session: () => session,
    required,
    requiredFile,
    write,
    open,
    markDamaged,
    lock,
    epoch: () => epoch,
  }
}
