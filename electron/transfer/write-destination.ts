// The file is the old one or the new one, never half of either: a new file is whole on the disk before it takes the
// old one's name, mode and owner, and nothing is ever written into the old one.
import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { Failure, type FailureData } from '../../shared/failure.ts'
import { kindAt, namesIn, renameOver, syncFolderOf, writeNew } from '../vault/durable-file.ts'
import { errorCode, isMissing } from '../vault/storage-error.ts'
import { lookAt, markOf, type Destination } from './destination.ts'
import type { PlacedFileSystem, Placing } from './placed-file-system.ts'

export interface WriteDeps {
  readonly fs: PlacedFileSystem
  readonly delay: (ms: number) => Promise<void>
}

/**
 * Writes to a place that must still be as it was when it was looked at. Returns the path of a second name of the new
 * file that could not be taken away, or null.
 */
export async function writeDestination(deps: WriteDeps, place: Destination, bytes: Uint8Array): Promise<string | null> {
  const { fs } = deps
  const { target, present } = place
  const fresh = join(dirname(target), `${freshPrefix(target)}${randomBytes(6).toString('hex')}`)
  let leftover: string | null
  try {
    await removeLeftovers(fs, target)
    await writeNew(fs, fresh, bytes)
    if (present !== null) await takePlacing(fs, fresh, present.placing)
    await assertUnchanged(fs, place)
    leftover = await takeName(deps, fresh, place)
  } catch (error) {
    throw notWritten(error, await removed(fs, fresh))
  }
  await confirm(fs, target, leftover)
  return leftover
}

/** Writes as much and as far as it goes without taking the name, and takes it away again. */
export async function rehearse({ fs }: WriteDeps, place: Destination, bytes: Uint8Array): Promise<void> {
  const fresh = join(dirname(place.target), `${freshPrefix(place.target)}${randomBytes(6).toString('hex')}`)
  let failed: unknown = null
  try {
    await writeNew(fs, fresh, bytes)
    if (place.present !== null) await takePlacing(fs, fresh, place.present.placing)
    await assertUnchanged(fs, place)
  } catch (error) {
    failed = error
  }
  const leftover = await removed(fs, fresh)
  if (failed !== null || leftover !== null) throw notWritten(failed, leftover)
}

/** A name that no program takes for a `.env`, and that says whose it is. */
const freshPrefix = (target: string) => `.${basename(target).replace(/^\.+/, '')}.keywheel-tmp-`

/** What a write that was killed left behind holds secrets in plain text, so it goes at the next one. */
async function removeLeftovers(fs: PlacedFileSystem, target: string): Promise<void> {
  const folder = dirname(target)
  const prefix = freshPrefix(target)
  try {
    const left = (await namesIn(fs, folder)).filter((name) => name.startsWith(prefix))
    for (const name of left) await fs.unlink(join(folder, name))
  } catch {
    // A folder that may be written to need not be one that may be listed.
  }
}

/** Gives the new file the old one's owner and mode, or fails: a file that changes hands is not the same file. */
async function takePlacing(fs: PlacedFileSystem, path: string, { uid, gid, mode }: Placing): Promise<void> {
  const own = await fs.placing(path)
  if (own.uid !== uid || own.gid !== gid) await chown(fs, path, uid, gid)
  if (own.mode !== mode) await fs.chmod(path, mode)
  const file = await fs.open(path, 'read').catch(noRight)
  try {
    await file?.sync()
  } finally {
    await file?.close()
  }
}

/** A mode without a right to read: what was written is on the disk already, and the mode follows with the name. */
function noRight(error: unknown): null {
  if (errorCode(error) === 'EACCES') return null
  throw error
}

async function chown(fs: PlacedFileSystem, path: string, uid: number, gid: number): Promise<void> {
  try {
    await fs.chown(path, uid, gid)
  } catch (error) {
    throw Object.assign(new Error('EOWNER', { cause: error }), { code: 'EOWNER' })
  }
}

async function assertUnchanged(fs: PlacedFileSystem, place: Destination): Promise<void> {
  const now = await lookAt(fs, place.path)
  if (now.target !== place.target || markOf(now.present) !== markOf(place.present)) {
    throw new Failure('FILE_CHANGED', { path: place.path })
  }
}

const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/** A new file takes only a name that is still free; rename alone would replace what came there meanwhile. */
async function takeName({ fs, delay }: WriteDeps, fresh: string, { path, target, present }: Destination) {
  if (present !== null) {
    await renameOver(fs, fresh, target, delay)
    return null
  }
  try {
    await fs.link(fresh, target)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw new Failure('FILE_CHANGED', { path })
    if (!noLinks.has(errorCode(error) ?? '')) throw error
    await fs.rename(fresh, target)
    return null
  }
  return removed(fs, fresh)
}

/**
 * Takes a file away, and returns its path when it may still be there: it holds secrets, so a person must know of it.
 * Some file systems say that they are read-only before they say that there is nothing.
 */
async function removed(fs: PlacedFileSystem, path: string): Promise<string | null> {
  try {
    await fs.unlink(path)
    return null
  } catch (error) {
    if (isMissing(error)) return null
  }
  try {
    return (await kindAt(fs, path)) === null ? null : path
  } catch {
    return path
  }
}

async function confirm(fs: PlacedFileSystem, target: string, leftover: string | null): Promise<void> {
  try {
    await syncFolderOf(fs, target)
  } catch (error) {
    throw new Failure('FILE_NOT_WRITTEN', { reason: 'unconfirmed', code: codeOf(error), leftover }, { cause: error })
  }
}

type Reason = FailureData<'FILE_NOT_WRITTEN'>['reason']

const reasons: Partial<Record<string, Reason>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'read-only',
  EXDEV: 'other-device',
  EOWNER: 'owner',
}

const codeOf = (error: unknown): string => errorCode(error instanceof Failure ? error.cause : error) ?? 'UNKNOWN'

export function notWritten(error: unknown, leftover: string | null): Failure {
  if (error instanceof Failure && leftover === null) return error
  const code = codeOf(error)
  return new Failure('FILE_NOT_WRITTEN', { reason: reasons[code] ?? 'failed', code, leftover }, { cause: error })
}
