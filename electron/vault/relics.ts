// What cannot be read is moved or copied, never deleted: a keychain, a disk or a newer version may open it one day.
import { dirname, join } from 'node:path'
import { linkOrCopy } from './backups.ts'
import { makeFolder, namesIn, readWhole, removeQuietly, syncFolder, writeNew } from './durable-file.ts'
import type { FileSystem } from './file-system.ts'
import { maxFileBytes } from './vault-file.ts'

export const vaultFileName = 'vault.keywheel'

/** Removes what a save that was killed left beside the vault; only the holder of the instance lock calls this. */
export async function removeLeftovers(fs: FileSystem, path: string): Promise<void> {
  const home = dirname(path)
  for (const name of await namesIn(fs, home)) {
    if (name.startsWith(`${vaultFileName}.tmp-`)) await removeQuietly(fs, join(home, name))
  }
}

/** Whether a vault has been here: an empty place with a past is a loss, not a first run. */
export async function hasRelics(fs: FileSystem, folder: string): Promise<boolean> {
  return (await namesIn(fs, folder)).some((name) => name.startsWith(`${vaultFileName}.corrupt-`))
}

export interface Relic {
  readonly path: string
  readonly folder: string
  readonly why: 'corrupt' | 'conflict'
  readonly hash: Buffer | null
  readonly atMs: number
}

/** Keeps a copy of what is at `path` as `vault.keywheel.<why>-<time>-<hash>`, once for the same bytes. */
export async function keepRelic(fs: FileSystem, { path, folder, why, hash, atMs }: Relic): Promise<void> {
  const prefix = `${vaultFileName}.${why}-`
  const mark = hash?.toString('hex').slice(0, 8) ?? 'unread'
  const names = await namesIn(fs, folder)
  if (names.some((name) => name.startsWith(prefix) && name.endsWith(`-${mark}`))) return
  const target = join(folder, `${prefix}${Math.trunc(atMs)}-${mark}`)
  const read = await readWhole(fs, path, maxFileBytes)
  if (read.kind === 'bytes') await writeNew(fs, target, read.bytes)
  else await linkOrCopy(fs, path, target, maxFileBytes)
  await syncFolder(fs, folder)
}

/** Moves the vault, its backups and its relics into a folder of their own. */
export async function moveAside(fs: FileSystem, folder: string, atMs: number): Promise<void> {
  const aside = join(folder, `set-aside-${Math.trunc(atMs)}`)
  const moved = (await namesIn(fs, folder)).filter((name) => name === 'backups' || name.startsWith(vaultFileName))
  if (moved.length === 0) return
  await makeFolder(fs, aside)
  for (const name of moved) await fs.rename(join(folder, name), join(aside, name))
  await syncFolder(fs, aside)
  await syncFolder(fs, folder)
}
