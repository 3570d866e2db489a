// A path is looked at before anything is read from it or written to it: only a regular file, or none, is a place to write.
import { createHash } from 'node:crypto'
import { basename, dirname, isAbsolute, join, normalize, sep } from 'node:path'
import { Failure, type FailureData } from '../../shared/failure.ts'
import { maxImportBytes } from '../../shared/transfer.ts'
import { kindAt, readWhole } from '../vault/durable-file.ts'
import { errorCode, isMissing } from '../vault/storage-error.ts'
import type { PlacedFileSystem, Placing } from './placed-file-system.ts'

export interface Destination {
  /** As a person wrote it, made absolute. */
  readonly path: string
  /** Where the bytes lie: another path when `path` is, or leads through, a symlink. */
  readonly target: string
  readonly isLink: boolean
  /** Null when there is no file yet. */
  readonly present: { readonly bytes: Buffer; readonly placing: Placing } | null
}

type Reason = FailureData<'FILE_REFUSED'>['reason']

export const fileRefused = (path: string, reason: Reason, cause?: unknown): Failure =>
  new Failure('FILE_REFUSED', { path, reason }, { cause })

/** `~` is the home folder, and what is not absolute after that says nothing to a program without a working folder. */
export function absolutePath(typed: string, homeFolder: string): string {
  const text = typed.trim()
  const path = text === '~' ? homeFolder : text.startsWith(`~${sep}`) ? join(homeFolder, text.slice(2)) : text
  if (path.includes('\0') || !isAbsolute(path)) throw fileRefused(text, 'not-absolute')
  if (path.endsWith(sep)) throw fileRefused(path, 'folder')
  return normalize(path)
}

/** What is at a path, read whole; a file that is not there yet needs at least its folder. */
export async function lookAt(fs: PlacedFileSystem, path: string): Promise<Destination> {
  try {
    const resolved = await resolve(fs, path)
    const { target } = resolved
    const kind = await kindAt(fs, target)
    if (kind === null) return { path, ...resolved, present: null }
    if (kind === 'folder') throw fileRefused(path, 'folder')
    if (kind !== 'file') throw fileRefused(path, 'not-a-file')
    return { path, ...resolved, present: await readPresent(fs, path, target) }
  } catch (error) {
    throw asRefusal(path, error)
  }
}

async function resolve(fs: PlacedFileSystem, path: string): Promise<{ target: string; isLink: boolean }> {
  const isLink = (await kindAt(fs, path)) === 'link'
  try {
    return { target: await fs.realpath(path), isLink }
  } catch (error) {
    if (!isMissing(error)) throw error
    // A link to nothing: whoever made it meant a file that is not there, and not that one is made there now.
    if (isLink) throw fileRefused(path, 'broken-link', error)
    return { target: join(await existingFolder(fs, path), basename(path)), isLink }
  }
}

async function existingFolder(fs: PlacedFileSystem, path: string): Promise<string> {
  try {
    const folder = await fs.realpath(dirname(path))
    if ((await kindAt(fs, folder)) === 'folder') return folder
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  throw fileRefused(path, 'no-folder')
}

async function readPresent(fs: PlacedFileSystem, path: string, target: string) {
  const placing = await fs.placing(target)
  if ((await fs.lstat(target)).size > maxImportBytes) throw fileRefused(path, 'too-large')
  const read = await readWhole(fs, target, maxImportBytes)
  if (read.kind === 'bytes') return { bytes: read.bytes, placing }
  throw fileRefused(path, read.kind === 'missing' ? 'changing' : 'not-a-file')
}

const reasons: Partial<Record<string, Reason>> = {
  ELOOP: 'link-loop',
  EACCES: 'unreadable',
  EPERM: 'unreadable',
  ENOTDIR: 'no-folder',
  ENAMETOOLONG: 'too-long',
}

function asRefusal(path: string, error: unknown): Failure {
  if (error instanceof Failure) return error
  return fileRefused(path, reasons[errorCode(error) ?? ''] ?? 'unreadable', error)
}

/** Tells whether a file is still the one that was looked at. */
export const markOf = (present: Destination['present']): string =>
  present === null ? 'none' : createHash('sha256').update(present.bytes).digest('hex')
