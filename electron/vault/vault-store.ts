// The file on disk is the old vault or the new one, never half of either, and no copy is removed because it cannot be read.
import { dirname, join } from 'node:path'
import { Failure } from '../../shared/failure.ts'
import type { BackupReason } from '../../shared/vault.ts'
import type { Backup } from './backups.ts'
import { keepBackup, listBackups, outdated } from './backups.ts'
import { sha256 } from './cipher.ts'
import { kindAt, makeFolder, readWhole, removeQuietly, renameOver, syncFolderOf, writeNew } from './durable-file.ts'
import type { FileSystem } from './file-system.ts'
import { hasRelics, keepRelic, moveAside, removeLeftovers, vaultFileName } from './relics.ts'
import { asFailure, isMissing } from './storage-error.ts'
import type { VaultFile } from './vault-file.ts'
import { maxFileBytes, parseVaultFile } from './vault-file.ts'

export type Loaded =
  | { kind: 'none' }
  | { kind: 'vault'; file: VaultFile }
  | { kind: 'too-new'; format: number }
  | { kind: 'damaged' }

export type SaveResult = { kind: 'saved' } | { kind: 'unconfirmed'; failure: Failure }

/** Something, a synchronised folder most likely, has put an old copy back. */
export interface Rollback {
  readonly generation: number
  readonly newestBackup: number
}

export interface VaultStore {
  /** Reads the file and remembers it as the one that the next save replaces. */
  load(): Promise<Loaded>
  /**
   * Replaces the file that was loaded. Throws when the old file is still there; `unconfirmed` when the new one is in
   * its place but the disk has not said that it will stay.
   */
  save(bytes: Buffer, generation: number, backup: BackupReason | null): Promise<SaveResult>
  /** The generation of the file, 0 where there is none. */
  generation(): number
  /** Set when the file that was loaded is older than a backup of it. */
  rollback(): Rollback | null
  backups(): Promise<Backup[]>
  readBackup(name: string): Promise<VaultFile | null>
  removeBackup(name: string): Promise<void>
  /** Keeps what is in the vault's place as `*.corrupt-<time>`, once. */
  keepDamaged(): Promise<void>
  /** Keeps a copy of what another program has put there, lets the next save replace it, and returns its generation. */
  acceptOther(): Promise<number>
  setAside(): Promise<void>
}

export interface StoreDeps {
  readonly folder: string
  readonly fs: FileSystem
  readonly wallMs: () => number
  readonly randomBytes: (size: number) => Buffer
  readonly delay: (ms: number) => Promise<void>
}

interface OnDisk {
  readonly kind: 'missing' | 'bytes' | 'unreadable'
  readonly bytes: Buffer | null
  /** Null when there is nothing that can be hashed. */
  readonly hash: Buffer | null
}

const sameHash = (a: Buffer | null, b: Buffer | null): boolean => (a === null || b === null ? a === b : a.equals(b))

export function createVaultStore(deps: StoreDeps): VaultStore {
  const { folder, fs } = deps
  const named = join(folder, vaultFileName)
  const backupFolder = join(folder, 'backups')
  let known: { onDisk: OnDisk; generation: number } = {
    onDisk: { kind: 'missing', bytes: null, hash: null },
    generation: 0,
  }
  let rollback: Rollback | null = null
  /** A save whose rename reported an error may have happened all the same; it is ours, not a stranger's. */
  let attempted: { hash: Buffer; generation: number } | null = null

  /** A vault behind a symbolic link is replaced where it is; the link stays. */
  async function resolved(): Promise<{ path: string; dangling: boolean }> {
    try {
      return { path: await fs.realpath(named), dangling: false }
    } catch (error) {
      if (!isMissing(error)) throw error
      return { path: named, dangling: (await kindAt(fs, named)) !== null }
    }
  }

  /** A folder, a pipe or a link to nowhere in the vault's place was put there by someone else and stays. */
  async function checkReplaceable(path: string): Promise<void> {
    const kind = await kindAt(fs, path)
    if (kind !== null && kind !== 'file') throw new Failure('STORAGE_FAILED', { code: 'NOT_A_FILE' })
  }

  async function look(path: string): Promise<OnDisk> {
    const read = await readWhole(fs, path, maxFileBytes)
    return read.kind === 'bytes'
      ? { kind: 'bytes', bytes: read.bytes, hash: sha256(read.bytes) }
      : { kind: read.kind, bytes: null, hash: null }
  }

  const hasPast = async (): Promise<boolean> =>
    (await listBackups(fs, backupFolder)).length > 0 || (await hasRelics(fs, folder))

  async function findRollback(generation: number): Promise<Rollback | null> {
    try {
      const newestBackup = Math.max(0, ...(await listBackups(fs, backupFolder)).map((backup) => backup.generation))
      return newestBackup > generation ? { generation, newestBackup } : null
    } catch {
      // It is a warning: a folder of backups that cannot be read must not keep the vault shut.
      return null
    }
  }

  async function load(): Promise<Loaded> {
    const { path, dangling } = await resolved()
    const onDisk: OnDisk = dangling ? { kind: 'unreadable', bytes: null, hash: null } : await look(path)
    attempted = null
    rollback = null
    known = { onDisk: { ...onDisk, bytes: null }, generation: 0 }
    await removeLeftovers(fs, path)
    if (onDisk.kind === 'missing') return { kind: (await hasPast()) ? 'damaged' : 'none' }
    if (onDisk.bytes === null) return { kind: 'damaged' }
    const parsed = parseVaultFile(onDisk.bytes)
    if (parsed.kind === 'vault') {
      known = { ...known, generation: parsed.file.generation }
      rollback = await findRollback(parsed.file.generation)
    }
    return parsed
  }

  /** Refuses to replace what another program has put there since it was read; both are kept. */
  function checkUnchanged(now: OnDisk): void {
    if (now.kind === known.onDisk.kind && sameHash(now.hash, known.onDisk.hash)) return
    if (attempted !== null && sameHash(now.hash, attempted.hash)) {
      known = { onDisk: { ...now, bytes: null }, generation: attempted.generation }
      return
    }
    throw new Failure('VAULT_CHANGED_ON_DISK', {})
  }

  async function keepCurrent(path: string, reason: BackupReason | null): Promise<void> {
    const { hash } = known.onDisk
    if (reason === null || hash === null) return
    const source = { path, generation: known.generation, hash, maxBytes: maxFileBytes }
    await keepBackup(fs, backupFolder, source, reason, deps.wallMs())
  }

  async function prune(): Promise<void> {
    try {
      for (const { name } of outdated(await listBackups(fs, backupFolder))) {
        await removeQuietly(fs, join(backupFolder, name))
      }
    } catch {
      // One backup too many is no reason to call a save failed; the next save prunes again.
    }
  }

  async function isInPlace(path: string, hash: Buffer): Promise<boolean> {
    try {
      return sameHash((await look(path)).hash, hash)
    } catch {
      return false
    }
  }

  async function putInPlace(tmp: string, path: string, hash: Buffer): Promise<SaveResult> {
    try {
      await renameOver(fs, tmp, path, deps.delay)
    } catch (error) {
      // A rename may report an error and have happened (a network disk): look before saying that the old file stands.
      if (await isInPlace(path, hash)) return { kind: 'unconfirmed', failure: asFailure(error) }
      await removeQuietly(fs, tmp)
      throw error
    }
    try {
      await syncFolderOf(fs, path)
      return { kind: 'saved' }
    } catch (error) {
      return { kind: 'unconfirmed', failure: asFailure(error) }
    }
  }

  async function save(bytes: Buffer, generation: number, backup: BackupReason | null): Promise<SaveResult> {
    try {
      await makeFolder(fs, folder)
      const { path } = await resolved()
      await checkReplaceable(path)
      checkUnchanged(await look(path))
      const hash = sha256(bytes)
      const tmp = join(dirname(path), `${vaultFileName}.tmp-${deps.randomBytes(6).toString('hex')}`)
      await writeNew(fs, tmp, bytes)
      try {
        await keepCurrent(path, backup)
      } catch (error) {
        await removeQuietly(fs, tmp)
        throw error
      }
      attempted = { hash, generation }
      const result = await putInPlace(tmp, path, hash)
      attempted = null
      known = { onDisk: { kind: 'bytes', bytes: null, hash }, generation }
      await prune()
      return result
    } catch (error) {
      throw asFailure(error)
    }
  }

  async function readBackup(name: string): Promise<VaultFile | null> {
    const backup = (await listBackups(fs, backupFolder)).find((one) => one.name === name)
    if (backup === undefined) return null
    const onDisk = await look(join(backupFolder, backup.name))
    const parsed = onDisk.bytes === null ? null : parseVaultFile(onDisk.bytes)
    return parsed?.kind === 'vault' ? parsed.file : null
  }

  async function removeBackup(name: string): Promise<void> {
    const backup = (await listBackups(fs, backupFolder)).find((one) => one.name === name)
    if (backup !== undefined) await fs.unlink(join(backupFolder, backup.name))
  }

  async function keepDamaged(): Promise<void> {
    const { path } = await resolved()
    if ((await kindAt(fs, path)) !== 'file') return
    const { hash } = await look(path)
    await keepRelic(fs, { path, folder, why: 'corrupt', hash, atMs: deps.wallMs() })
  }

  async function acceptOther(): Promise<number> {
    try {
      const { path } = await resolved()
      await checkReplaceable(path)
      const onDisk = await look(path)
      const atMs = deps.wallMs()
      if (onDisk.kind !== 'missing') await keepRelic(fs, { path, folder, why: 'conflict', hash: onDisk.hash, atMs })
      const parsed = onDisk.bytes === null ? null : parseVaultFile(onDisk.bytes)
      known = { onDisk: { ...onDisk, bytes: null }, generation: parsed?.kind === 'vault' ? parsed.file.generation : 0 }
      return known.generation
    } catch (error) {
      throw asFailure(error)
    }
  }

  return {
    load,
    save,
    generation: () => known.generation,
    rollback: () => rollback,
    backups: () => listBackups(fs, backupFolder),
    readBackup,
    removeBackup,
    keepDamaged,
    acceptOther,
    setAside: () => moveAside(fs, folder, deps.wallMs()),
  }
}
