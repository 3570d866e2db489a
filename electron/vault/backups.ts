// A backup is the vault file itself as it was before a save; it is read, pruned by age, and never written to.
import { join } from 'node:path'
import type { BackupReason } from '../../shared/vault.ts'
import { makeFolder, namesIn, readWhole, syncFolder, writeNew } from './durable-file.ts'
import type { FileSystem } from './file-system.ts'
import { errorCode } from './storage-error.ts'

/** `save` is every save; the others are kept apart because they precede a change of much at once. */
const backupReasons: readonly BackupReason[] = ['save', 'import', 'migration', 'restore']

export interface Backup {
  readonly name: string
  readonly generation: number
  readonly atMs: number
  readonly reason: BackupReason
}

const keptGenerations = 10
const keptDays = 7
const dayMs = 86_400_000

const pattern = /^g(\d{1,15})-(\d{13,15})-(save|import|migration|restore)-([0-9a-f]{8})\.keywheel$/

function parseName(name: string): (Backup & { hash: string }) | null {
  const match = pattern.exec(name)
  if (match === null) return null
  const reason = backupReasons.find((known) => known === match[3])
  if (reason === undefined) return null
  return { name, generation: Number(match[1]), atMs: Number(match[2]), reason, hash: match[4] ?? '' }
}

/** The backups in a folder, newest first. */
export async function listBackups(fs: FileSystem, folder: string): Promise<(Backup & { hash: string })[]> {
  const found = (await namesIn(fs, folder)).map(parseName).filter((backup) => backup !== null)
  return found.sort((a, b) => b.generation - a.generation || b.atMs - a.atMs)
}

export interface BackupSource {
  readonly path: string
  readonly generation: number
  readonly hash: Buffer
  readonly maxBytes: number
}

/** Keeps the file at `source.path` under a name of its own: as a second hard link, or copied where there are none. */
export async function keepBackup(
  fs: FileSystem,
  folder: string,
  source: BackupSource,
  reason: BackupReason,
  atMs: number,
): Promise<void> {
  await makeFolder(fs, folder)
  const hash = source.hash.toString('hex').slice(0, 8)
  const existing = await listBackups(fs, folder)
  if (existing.some((one) => one.generation === source.generation && one.hash === hash && one.reason === reason)) return
  const stamp = String(Math.max(0, Math.trunc(atMs))).padStart(13, '0')
  const target = join(folder, `g${String(source.generation).padStart(9, '0')}-${stamp}-${reason}-${hash}.keywheel`)
  await linkOrCopy(fs, source.path, target, source.maxBytes)
  await syncFolder(fs, folder)
}

const noLinks = new Set(['EPERM', 'EXDEV', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL'])

export async function linkOrCopy(fs: FileSystem, from: string, to: string, maxBytes: number): Promise<void> {
  try {
    await fs.link(from, to)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return
    if (!noLinks.has(errorCode(error) ?? '')) throw error
    const source = await readWhole(fs, from, maxBytes)
    if (source.kind !== 'bytes') throw error
    await writeNew(fs, to, source.bytes)
  }
}

/** The backups that have had their time: beyond ten generations and seven days, and ten of each special reason. */
export function outdated(backups: readonly Backup[]): Backup[] {
  return backupReasons.flatMap((reason) => {
    const newestFirst = backups.filter((backup) => backup.reason === reason)
    const older = newestFirst.slice(keptGenerations)
    return reason === 'save' ? older.filter((backup) => !newestOfItsDay(newestFirst).has(backup.name)) : older
  })
}

function newestOfItsDay(newestFirst: readonly Backup[]): Set<string> {
  const byDay = new Map<number, string>()
  for (const backup of newestFirst) {
    const day = Math.floor(backup.atMs / dayMs)
    if (!byDay.has(day)) byDay.set(day, backup.name)
  }
  const days = [...byDay.keys()].sort((a, b) => b - a).slice(0, keptDays)
  return new Set(days.map((day) => byDay.get(day) ?? ''))
}
