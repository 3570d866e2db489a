// A backup is looked at without being changed, and takes the vault's place only when a person has chosen it.
import type * as z from 'zod'
import { Failure } from '../../shared/failure.ts'
import type { Opener } from '../../shared/vault.ts'
import { withEntry } from './audit.ts'
import type { Backoff } from './backoff.ts'
import type { Backup } from './backups.ts'
import type { KeyProtector } from './key-protector.ts'
import { isGuess, notOpened, openWith } from './opening.ts'
import type { Contents } from './contents.ts'
import type { DeriveKey } from './passphrase.ts'
import type { Session } from './session.ts'
import { openFile } from './session.ts'
import type { VaultCore } from './vault-core.ts'
import type { Rollback, VaultStore } from './vault-store.ts'

export interface BackupContents<Metadata> extends Backup {
  readonly savedAtMs: number
  readonly secrets: number
  readonly metadata: Metadata
}

export interface Restoring<Metadata> {
  /** Newest first; also when the vault itself is missing or damaged. */
  backups(): Promise<Backup[]>
  /** The opener may be older than the passphrase in use now. */
  inspectBackup(name: string, opener: Opener): Promise<BackupContents<Metadata>>
  /** What the data key in use now opens of a backup; null when it is of another time. */
  peekBackup(name: string): Promise<Pick<BackupContents<Metadata>, 'secrets' | 'metadata'> | null>
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

export function createRestoring<Metadata>(deps: RestoringDeps<Metadata>): Restoring<Metadata> {
  const { core, store, backoff } = deps

  async function listed(): Promise<Backup[]> {
    return (await store.backups()).map(({ name, generation, atMs, reason }) => ({ name, generation, atMs, reason }))
  }

  async function damagedBackup(): Promise<Failure> {
    return new Failure('VAULT_DAMAGED', { backups: (await listed()).length })
  }

  async function knownBackup(name: string): Promise<Backup> {
    const backup = (await listed()).find((one) => one.name === name)
    if (backup === undefined) throw new Failure('BACKUP_NOT_FOUND', {})
    return backup
  }

  async function sessionOf(name: string, opener: Opener): Promise<Session<Metadata>> {
    await knownBackup(name)
    const file = await store.readBackup(name)
    if (file === null) throw await damagedBackup()
    if (backoff.waitMs() > 0 && isGuess(opener)) throw notOpened('wrong', opener, backoff.waitMs())
    const opening = await openWith(file, opener, deps)
    if (opening.kind === 'damaged') throw await damagedBackup()
    if (opening.kind === 'wrong' && isGuess(opener)) backoff.miss()
    if (opening.kind !== 'opened') throw notOpened(opening.kind, opener, backoff.waitMs())
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

  /** With the data key in use now; null also for what a newer version wrote. */
  async function contentsOf(name: string): Promise<Contents<Metadata> | null> {
    const file = await store.readBackup(name)
    const dek = Buffer.from(core.required().dek)
    try {
      const opened = file === null ? null : openFile(file, dek, deps.schema)
      return opened?.kind === 'open' ? opened.session.contents : null
    } catch (error) {
      if (error instanceof Failure) return null
      throw error
    } finally {
      dek.fill(0)
    }
  }

  async function holds(name: string, recordIds: ReadonlySet<string>): Promise<boolean | null> {
    const contents = await contentsOf(name)
    return contents && [...contents.records.values()].some((record) => recordIds.has(record.id))
  }

  return {
    backups: listed,

    inspectBackup: (name, opener) =>
      core.queue(async () => {
        const backup = await knownBackup(name)
        const session = await sessionOf(name, opener)
        session.dek.fill(0)
        const { savedAtMs, metadata, records } = session.contents
        return { ...backup, savedAtMs, secrets: records.size, metadata }
      }),

    peekBackup: (name) =>
      core.queue(async () => {
        const contents = await contentsOf(name)
        return contents && { secrets: contents.records.size, metadata: contents.metadata }
      }),

    restoreBackup: (name, opener) => core.queue(() => restore(name, opener)),

    removeBackup: (name) =>
      core.queue(async () => {
        await knownBackup(name)
        await store.removeBackup(name)
      }),

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
