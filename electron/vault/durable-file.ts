// A file written here is whole and on the disk before it gets its name; a name is only ever moved by rename.
import { dirname } from 'node:path'
import type { FileStat, FileSystem, OpenFile } from './file-system.ts'
import { errorCode, isMissing } from './storage-error.ts'

export type ReadResult = { kind: 'bytes'; bytes: Buffer } | { kind: 'missing' } | { kind: 'unreadable' }

const shortened = (code: string): Error => Object.assign(new Error(code), { code })

async function fill(file: OpenFile, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size)
  let done = 0
  while (done < size) {
    const count = await file.read(bytes, done, done)
    if (count === 0) throw shortened('EIO')
    done += count
  }
  return bytes
}

/** The whole of a regular file, or `unreadable` for anything else in its place and for more than `maxBytes`. */
export async function readWhole(fs: FileSystem, path: string, maxBytes: number): Promise<ReadResult> {
  let file: OpenFile
  try {
    if ((await fs.lstat(path)).kind !== 'file') return { kind: 'unreadable' }
    file = await fs.open(path, 'read')
  } catch (error) {
    if (isMissing(error)) return { kind: 'missing' }
    throw error
  }
  try {
    const stat = await file.stat()
    if (stat.kind !== 'file' || stat.size > maxBytes) return { kind: 'unreadable' }
    return { kind: 'bytes', bytes: await fill(file, stat.size) }
  } finally {
    await file.close()
  }
}

// The packages for atomic writes call write once and ignore what it returns, and so replace a good file by a cut one
// when the disk is full (measured with write-file-atomic 8.0.0 and atomically 2.1.1).
async function writeAll(file: OpenFile, bytes: Uint8Array): Promise<void> {
  let done = 0
  while (done < bytes.length) {
    const count = await file.write(bytes, done)
    if (count <= 0) throw shortened('ENOSPC')
    done += count
  }
  if ((await file.stat()).size !== bytes.length) throw shortened('EIO')
  await file.sync()
}

/** Writes a new file, reads it back and compares; leaves nothing behind when any of it fails. */
export async function writeNew(fs: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const file = await fs.open(path, 'create')
  try {
    try {
      await writeAll(file, bytes)
    } finally {
      await file.close()
    }
    const written = await readWhole(fs, path, bytes.length)
    if (written.kind !== 'bytes' || !written.bytes.equals(bytes)) throw shortened('EIO')
  } catch (error) {
    await removeQuietly(fs, path)
    throw error
  }
}

/** For what may stay: a temporary file that cannot be removed now is removed at the next start. */
export async function removeQuietly(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.unlink(path)
  } catch {
    // It holds ciphertext only, and no one depends on its absence.
  }
}

const unsupported = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR', 'EPERM'])

/** Makes the names in a folder last. File systems that cannot (Windows) are left to their own order. */
export async function syncFolder(fs: FileSystem, folder: string): Promise<void> {
  let handle: OpenFile
  try {
    handle = await fs.open(folder, 'folder')
  } catch (error) {
    if (unsupported.has(errorCode(error) ?? '')) return
    throw error
  }
  try {
    await handle.sync()
  } catch (error) {
    if (!unsupported.has(errorCode(error) ?? '')) throw error
  } finally {
    await handle.close()
  }
}

export async function kindAt(fs: FileSystem, path: string): Promise<FileStat['kind'] | null> {
  try {
    return (await fs.lstat(path)).kind
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** What a folder holds; nothing when it is not there. */
export async function namesIn(fs: FileSystem, folder: string): Promise<string[]> {
  try {
    return await fs.readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Makes a folder and those above it, each of which lasts only when the folder that names it has been synced. */
export async function makeFolder(fs: FileSystem, folder: string): Promise<void> {
  if ((await kindAt(fs, folder)) !== null) return
  const parent = dirname(folder)
  if (parent !== folder) await makeFolder(fs, parent)
  await fs.mkdir(folder)
  await syncFolder(fs, parent)
}

export const syncFolderOf = (fs: FileSystem, path: string): Promise<void> => syncFolder(fs, dirname(path))

const busy = new Set(['EPERM', 'EACCES', 'EBUSY'])
const renamePausesMs = [10, 20, 40, 80, 160, 320, 640, 730]

/** Renames; where a virus scanner or an indexer holds the target (Windows), tries again for two seconds. */
export async function renameOver(
  fs: FileSystem,
  from: string,
  to: string,
  delay: (ms: number) => Promise<void>,
): Promise<void> {
  for (const pauseMs of renamePausesMs) {
    try {
      await fs.rename(from, to)
      return
    } catch (error) {
      if (!busy.has(errorCode(error) ?? '')) throw error
      await delay(pauseMs)
    }
  }
  await fs.rename(from, to)
}
