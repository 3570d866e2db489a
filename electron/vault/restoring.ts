// A backup is looked at without being changed, and takes the vault's place only when a person has chosen it.
import type * as z from 'zod'
import { Failure } from '../../shared/failure.ts'
import { withEntry } from './audit.ts'
import type { Backoff } from './backoff.ts'
import type { Backup } from './backups.ts'
import type { KeyProtector } from './key-protector.ts'
import type { Opening } from './opening.ts'
import { openWithKit, openWithPassphrase, openWithProtectors } from './opening.ts'
import type { DeriveKey } from './passphrase.ts'
import type { Session } from './session.ts'
import { openFile } from './session.ts'
import type { VaultCore } from './vault-core.ts'
import type { Rollback, VaultStore } from './vault-store.ts'

/** How to open a backup: it may be older than the passphrase in use now. */
export type Opener = { passphrase: string } | { kit: string } | { protector: true }

export interface BackupContents extends Backup {
  readonly savedAtMs: number
  readonly secrets: number
}

export interface Restoring {
  /** Newest first; also when the vault itself is missing or damaged. */
  backups(): Promise<Backup[]>
  inspectBackup(name: string, opener: Opener): Promise<BackupContents>
  /** Puts a backup in the vault's place, under a generation of its own; what was there stays as a copy. */
  restoreBackup(name: string, opener: Opener): Promise<void>
  removeBackup(name: string): Promise<void>
  /** The backups that still hold a secret, by record: what a purge must name. The data key of now must open them. */
  backupsHolding(recordIds: readonly string[]): Promise<{ holding: Backup[]; closed: Backup[] }>
  /** Set when the file that was last loaded is older than a backup of it; stays until the vault is loaded again. */
  rollback(): Rollback | null
  /** After `VAULT_CHANGED_ON_DISK`: keeps the other program's file as `*.conflict-<time>` and saves ours. */
  keepOurs(): Promise<void>
  /** Moves a damaged vault and its backups into a folder beside, so that a new one can be created. Deletes nothing. */
  setAside(): Promise<void>
}

export interface RestoringDeps<Metadata> {
  readonly core: VaultCore<Metadata>
  readonly store: VaultStore
  readonly schema: z.ZodType<Metadata>
  readonly protectors: readonly KeyProtector[]
  readonly deriveKey: DeriveKey
  readonly backoff: Backoff
  readonly wallMs: () => number
}

export function createRestoring<Metadata>(deps: RestoringDeps<Metadata>): Restoring {
  const { core, store, backoff } = deps

  function openBy(slots: Parameters<typeof openWithKit>[0], opener: Opener): Promise<Opening> {
    if ('passphrase' in opener) return openWithPassphrase(slots, opener.passphrase, deps.deriveKey)
    return 'kit' in opener ? openWithKit(slots, opener.kit) : openWithProtectors(slots, deps.protectors)
  }

  async function listed(): Promise<Backup[]> {
    return (await store.backups()).map(({ name, generation, atMs, reason }) => ({ name, generation, atMs, reason }))
  }

  async function damagedBackup(): Promise<Failure> {
    return new Failure('VAULT_DAMAGED', { backups: (await listed()).length })
  }

  async function sessionOf(name: string, opener: Opener): Promise<Session<Metadata>> {
    const file = await store.readBackup(name)
    if (file === null) throw await damagedBackup()
    if (backoff.waitMs() > 0) throw new Failure('WRONG_PASSPHRASE', { waitMs: backoff.waitMs() })
    const opening = await openBy(file, opener)
    if (opening.kind === 'wrong') backoff.miss()
    if (opening.kind === 'damaged') throw await damagedBackup()
    if (opening.kind === 'absent') throw new Failure('PROTECTION_UNAVAILABLE', { protection: 'pass' })
    if (opening.kind === 'wrong') throw new Failure('WRONG_PASSPHRASE', { waitMs: backoff.waitMs() })
    backoff.hit()
    const opened = openFile(file, opening.dek, deps.schema)
    if (opened.kind === 'damaged') throw await damagedBackup()
    return opened.session
  }

  async function highestGeneration(): Promise<number> {
    const generations = (await listed()).map((backup) => backup.generation)
    return Math.max(core.session()?.generation ?? 0, store.generation(), ...generations)
  }

  async function restore(name: string, opener: Opener): Promise<void> {
    const session = await sessionOf(name, opener)
    const isDamaged = core.session() === null && (await core.reload()).kind === 'damaged'
    if (isDamaged) await store.keepDamaged()
    const entry = { action: 'restore' as const, subject: `generation ${session.generation}` }
    const audit = withEntry(session, session.contents.audit, entry, deps.wallMs())
    const contents = { ...session.contents, audit, savedAtMs: deps.wallMs() }
    const next = { ...session, generation: (await highestGeneration()) + 1, contents }
    await core.write(core.session(), next, isDamaged ? null : 'restore')
  }

  async function holds(name: string, recordIds: ReadonlySet<string>): Promise<boolean | null> {
    const file = await store.readBackup(name)
    const opened = file === null ? null : openFile(file, Buffer.from(core.required().dek), deps.schema)
    if (opened?.kind !== 'open') return null
    opened.session.dek.fill(0)
    return [...opened.session.contents.records.values()].some((record) => recordIds.has(record.id))
  }

  return {
    backups: listed,

    inspectBackup: (name, opener) =>
      core.queue(async () => {
        const session = await sessionOf(name, opener)
        session.dek.fill(0)
        const backup = (await listed()).find((one) => one.name === name)
        if (backup === undefined) throw await damagedBackup()
        return { ...backup, savedAtMs: session.contents.savedAtMs, secrets: session.contents.records.size }
      }),

    restoreBackup: (name, opener) => core.queue(() => restore(name, opener)),

    removeBackup: (name) => core.queue(() => store.removeBackup(name)),

    backupsHolding: (recordIds) =>
      core.queue(async () => {
        const wanted = new Set(recordIds)
        const result: { holding: Backup[]; closed: Backup[] } = { holding: [], closed: [] }
        for (const backup of await listed()) {
          const holding = await holds(backup.name, wanted)
          if (holding === null) result.closed.push(backup)
          else if (holding) result.holding.push(backup)
        }
        return result
      }),

    rollback: () => store.rollback(),

    keepOurs: () =>
      core.queue(async () => {
        const session = core.required()
        const theirs = await store.acceptOther()
        const generation = Math.max(session.generation, theirs) + 1
        await core.write(session, { ...session, generation }, null)
      }),

    setAside: () =>
      core.queue(async () => {
        if (core.session() !== null) throw new Failure('VAULT_EXISTS', {})
        await store.setAside()
        await core.reload()
      }),
  }
}
