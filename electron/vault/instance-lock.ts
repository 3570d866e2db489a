// One process at a time holds a data folder, whichever host it runs; what a dead one left is taken over by exactly one.
import { join } from 'node:path'
import * as z from 'zod'
import { sha256 } from './cipher.ts'
import { readWhole, removeQuietly, writeNew } from './durable-file.ts'
import type { FileSystem } from './file-system.ts'
import { asFailure, errorCode, isMissing } from './storage-error.ts'

/*
 * The lock is `instance.lock`, put there whole by a hard link, which fails when something is there. Who finds a dead
 * holder must not unlink it: a second finder could unlink the first one's new lock. Instead he takes a guard named
 * after the dead holder's nonce, looks again, and renames his own file over the lock. The guard is taken by the same
 * rules, so one who dies with it in his hands does not hold up the next.
 */
export interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** When it was started, as text to compare: a process id is used again after a while. Null where unknown. */
  readonly started: string | null
}

/** A process that runs, and when it was started where that is known. */
export type Running = Pick<ProcessIdentity, 'started'>

export interface LockDeps {
  readonly fs: FileSystem
  readonly self: ProcessIdentity
  /** What runs under a process id on this host now. */
  readonly look: (pid: number) => Promise<Running | null>
  readonly randomBytes: (size: number) => Buffer
  readonly wallMs: () => number
  readonly schedule: (delayMs: number, task: () => void) => () => void
  readonly delay: (ms: number) => Promise<void>
  /** Another host has taken this lock for abandoned (this machine slept, say): stop writing. */
  readonly onLost?: () => void
}

export type LockResult =
  | { ok: true; release: () => Promise<void> }
  | { ok: false; holder: { pid: number; host: string } }

const lockName = 'instance.lock'
const maxLockBytes = 4096
export const heartbeatMs = 10_000
/** Of another host's process only the heartbeat is seen; after this long without one it is dead. */
export const silenceMs = 25_000
const busyPauseMs = 20
const maxTries = 100
const maxGuards = 4

const Holder = z.object({
  pid: z.number().int(),
  host: z.string(),
  started: z.string().nullable(),
  nonce: z.string().regex(/^[0-9a-f]{16}$/),
})
type Holder = z.infer<typeof Holder>

type Seen =
  | { kind: 'none' }
  | { kind: 'holder'; holder: Holder; mtimeMs: number }
  /** Empty or garbled: being written where there are no hard links, or damaged. */
  | { kind: 'unreadable'; nonce: string }

export async function acquireLock(folder: string, deps: LockDeps): Promise<LockResult> {
  const path = join(folder, lockName)
  const own: Holder = { ...deps.self, nonce: deps.randomBytes(8).toString('hex') }
  const lock = createLockFile(deps, own, `${path}.${own.nonce}.new`)
  try {
    await deps.fs.mkdir(folder)
    const holder = await lock.take(path, 0)
    if (holder !== null) return { ok: false, holder: { pid: holder.pid, host: holder.host } }
    return { ok: true, release: keepAlive(deps, lock, path) }
  } catch (error) {
    throw asFailure(error)
  }
}

interface LockFile {
  /** Null when it is ours now, else who holds it. */
  take(path: string, guards: number): Promise<Holder | null>
  isOurs(path: string): Promise<boolean>
  give(path: string): Promise<void>
}

function createLockFile(deps: LockDeps, own: Holder, draft: string): LockFile {
  const { fs } = deps
  const content = Buffer.from(JSON.stringify(own))

  async function see(path: string): Promise<Seen> {
    const read = await readWhole(fs, path, maxLockBytes)
    if (read.kind === 'missing') return { kind: 'none' }
    const bytes = read.kind === 'bytes' ? read.bytes : Buffer.alloc(0)
    const holder = parseHolder(bytes)
    if (holder === null) return { kind: 'unreadable', nonce: sha256(bytes).toString('hex').slice(0, 16) }
    return { kind: 'holder', holder, mtimeMs: await modifiedMs(fs, path) }
  }

  /** Puts our lock where none is. */
  async function place(path: string): Promise<boolean> {
    await writeNew(fs, draft, content)
    try {
      await fs.link(draft, path)
      return true
    } catch (error) {
      const code = errorCode(error)
      if (code === 'EEXIST') return false
      if (code === 'EPERM' || code === 'ENOTSUP' || code === 'EOPNOTSUPP' || code === 'ENOSYS') return createAt(path)
      throw error
    } finally {
      await removeQuietly(fs, draft)
    }
  }

  /** For file systems without hard links: as exclusive, but a reader may see it half written for a moment. */
  async function createAt(path: string): Promise<boolean> {
    try {
      await writeNew(fs, path, content)
      return true
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false
      throw error
    }
  }

  const isOurs = async (path: string): Promise<boolean> => {
    const seen = await see(path)
    return seen.kind === 'holder' && seen.holder.nonce === own.nonce
  }

  async function give(path: string): Promise<void> {
    if (await isOurs(path)) await removeQuietly(fs, path)
  }

  async function isAlive(path: string, { holder, mtimeMs }: Extract<Seen, { kind: 'holder' }>): Promise<boolean> {
    if (holder.host === deps.self.host) {
      const running = await deps.look(holder.pid)
      if (running === null) return false
      return running.started === null || holder.started === null || running.started === holder.started
    }
    await deps.delay(silenceMs)
    const later = await see(path)
    return later.kind !== 'holder' || later.holder.nonce !== holder.nonce || later.mtimeMs !== mtimeMs
  }

  async function isStillUnreadable(path: string, nonce: string): Promise<boolean> {
    for (let pause = 0; pause < 20; pause += 1) {
      await deps.delay(busyPauseMs)
      const seen = await see(path)
      if (seen.kind !== 'unreadable' || seen.nonce !== nonce) return false
    }
    return true
  }

  /** Replaces the lock of a dead holder, unless someone else has done so in the meantime. */
  async function takeOver(path: string, nonce: string, guards: number): Promise<boolean> {
    const guard = `${path}.${nonce}`
    if (guards >= maxGuards || (await take(guard, guards + 1)) !== null) return false
    try {
      const seen = await see(path)
      const current = seen.kind === 'holder' ? seen.holder.nonce : seen.kind === 'unreadable' ? seen.nonce : null
      if (current !== nonce) return false
      await writeNew(fs, draft, content)
      await fs.rename(draft, path)
      return await isOurs(path)
    } finally {
      await give(guard)
    }
  }

  async function take(path: string, guards: number): Promise<Holder | null> {
    let last: Holder = { pid: 0, host: deps.self.host, started: null, nonce: '' }
    for (let turn = 0; turn < maxTries; turn += 1) {
      if (await place(path)) return null
      const seen = await see(path)
      if (seen.kind === 'none') continue
      if (seen.kind === 'holder') {
        last = seen.holder
        if (await isAlive(path, seen)) return last
        if (await takeOver(path, last.nonce, guards)) return null
      } else if (await isStillUnreadable(path, seen.nonce)) {
        if (await takeOver(path, seen.nonce, guards)) return null
      }
      // Someone else is taking it over: soon there is a living holder to name.
      await deps.delay(busyPauseMs)
    }
    return last
  }

  return { take, isOurs, give }
}

function parseHolder(bytes: Buffer): Holder | null {
  try {
    return Holder.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null
  } catch {
    return null
  }
}

async function modifiedMs(fs: FileSystem, path: string): Promise<number> {
  try {
    return (await fs.lstat(path)).mtimeMs
  } catch (error) {
    if (isMissing(error)) return 0
    throw error
  }
}

/** Beats until released. A beat that fails is left to the next; a lock that is someone else's is reported once. */
function keepAlive(deps: LockDeps, lock: LockFile, path: string): () => Promise<void> {
  let stopped = false
  let cancel = deps.schedule(heartbeatMs, beat)

  function beat(): void {
    void beatOnce()
  }

  async function beatOnce(): Promise<void> {
    if (await hasBeenLost()) return stopped ? undefined : deps.onLost?.()
    if (!stopped) cancel = deps.schedule(heartbeatMs, beat)
  }

  async function hasBeenLost(): Promise<boolean> {
    try {
      if (!(await lock.isOurs(path))) return true
      await deps.fs.touch(path, deps.wallMs())
    } catch {
      // The disk may be back at the next beat; the silence that others wait for is longer than two.
    }
    return false
  }

  return async () => {
    stopped = true
    cancel()
    await lock.give(path)
  }
}
