import * as nodeFs from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lookAt } from '../../electron/transfer/destination.ts'
import { placedFileSystem, type PlacedFileSystem } from '../../electron/transfer/placed-file-system.ts'
import { writeDestination } from '../../electron/transfer/write-destination.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { failureOf } from '../support/open-app.ts'
import { aFaultyFileSystem, type Fault } from '../vault/faulty-file-system.ts'

const old = Buffer.from('# mine\nA=1\n')
const fresh = Buffer.from('# mine\nA=2\nB=sk-secret-of-the-new-file\n')
const delay = () => Promise.resolve()

function aFile(mode = 0o640) {
  const folder = temporaryFolder()
  const path = join(folder, '.env')
  nodeFs.writeFileSync(path, old)
  nodeFs.chmodSync(path, mode)
  return { folder, path }
}

/** A disk whose operations can be made to fail, owner and mode among them. */
function aFaultyDisk(inner: PlacedFileSystem = placedFileSystem) {
  const { fs, state, restart } = aFaultyFileSystem(inner)
  const attempt = async <T>(run: () => Promise<T>): Promise<T> => {
    // One operation of the faulty file system stands in front of each that it does not know.
    await fs.lstat('/')
    return run()
  }
  const placed: PlacedFileSystem = {
    ...fs,
    placing: (path) => attempt(() => inner.placing(path)),
    chown: (path, uid, gid) => attempt(() => inner.chown(path, uid, gid)),
    chmod: (path, mode) => attempt(() => inner.chmod(path, mode)),
  }
  return { fs: placed, state, restart }
}

const namesIn = (folder: string) => nodeFs.readdirSync(folder).toSorted()
const write = async (fs: PlacedFileSystem, path: string, bytes: Uint8Array = fresh) =>
  writeDestination({ fs, delay }, await lookAt(fs, path), bytes)

describe('a file that is written', () => {
  it.each([0o600, 0o640, 0o644, 0o400, 0o000])('keeps its mode (%o)', async (mode) => {
    const { folder, path } = aFile(mode)
    if (process.getuid?.() !== 0 && (mode & 0o400) === 0) return
    await write(placedFileSystem, path)
    expect(nodeFs.statSync(path).mode & 0o777).toBe(mode)
    nodeFs.chmodSync(path, 0o600)
    expect(nodeFs.readFileSync(path)).toEqual(fresh)
    expect(namesIn(folder)).toEqual(['.env'])
  })

  it('is given the owner and group of the one before', async () => {
    const { path } = aFile()
    const given: unknown[] = []
    const placing = { mode: 0o640, uid: 4242, gid: 4343, links: 1 }
    const fs: PlacedFileSystem = {
      ...placedFileSystem,
      placing: async (at) => (at === path ? placing : placedFileSystem.placing(at)),
      chown: async (_path, uid, gid) => void given.push([uid, gid]),
    }
    await write(fs, path)
    expect(given).toEqual([[4242, 4343]])
    expect(nodeFs.readFileSync(path)).toEqual(fresh)
  })

  it('is not written when its owner could not be kept', async () => {
    const { folder, path } = aFile()
    const placing = { mode: 0o640, uid: 4242, gid: 4343, links: 1 }
    const fs: PlacedFileSystem = {
      ...placedFileSystem,
      placing: async (at) => (at === path ? placing : placedFileSystem.placing(at)),
      chown: () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' })),
    }
    expect(await failureOf(write(fs, path))).toMatchObject({ code: 'FILE_NOT_WRITTEN', data: { reason: 'owner' } })
    expect(nodeFs.readFileSync(path)).toEqual(old)
    expect(namesIn(folder)).toEqual(['.env'])
  })

  it('behind a symlink changes where the link points, and the link stays', async () => {
    const { folder, path } = aFile(0o600)
    const link = join(folder, 'link.env')
    nodeFs.symlinkSync('.env', link)
    await write(placedFileSystem, link)
    expect(nodeFs.readlinkSync(link)).toBe('.env')
    expect(nodeFs.readFileSync(path)).toEqual(fresh)
    expect(namesIn(folder)).toEqual(['.env', 'link.env'])
  })

  it('is for its owner alone when it is new', async () => {
    const folder = temporaryFolder()
    await write(placedFileSystem, join(folder, 'new.env'))
    expect(nodeFs.statSync(join(folder, 'new.env')).mode & 0o777).toBe(0o600)
    expect(namesIn(folder)).toEqual(['new.env'])
  })

  it('is left alone when something else wrote to it since it was looked at, or took its name', async () => {
    const { folder, path } = aFile()
    const place = await lookAt(placedFileSystem, path)
    nodeFs.appendFileSync(path, 'C=3\n')
    expect(await failureOf(writeDestination({ fs: placedFileSystem, delay }, place, fresh))).toMatchObject({
      code: 'FILE_CHANGED',
    })
    expect(nodeFs.readFileSync(path, 'utf8')).toBe(`${old.toString()}C=3\n`)
    const free = await lookAt(placedFileSystem, join(folder, 'free.env'))
    nodeFs.writeFileSync(free.path, 'D=4\n')
    expect(await failureOf(writeDestination({ fs: placedFileSystem, delay }, free, fresh))).toMatchObject({
      code: 'FILE_CHANGED',
    })
    expect(nodeFs.readFileSync(free.path, 'utf8')).toBe('D=4\n')
    expect(namesIn(folder)).toEqual(['.env', 'free.env'])
  })

  it('takes away what a write that was killed left beside it', async () => {
    const { folder, path } = aFile()
    nodeFs.writeFileSync(join(folder, '.env.keywheel-tmp-0123456789ab'), 'B=sk-secret')
    nodeFs.writeFileSync(join(folder, '.other.keywheel-tmp-0123456789ab'), 'somebody else’s')
    await write(placedFileSystem, path)
    expect(namesIn(folder)).toEqual(['.env', '.other.keywheel-tmp-0123456789ab'])
  })

  it('is whole when the disk takes only a few bytes at a time', async () => {
    const { path } = aFile()
    const { fs, state } = aFaultyDisk()
    state.takes = (asked) => Math.min(asked, 7)
    await write(fs, path)
    expect(nodeFs.readFileSync(path)).toEqual(fresh)
  })
})

const codes = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EACCES: 'denied',
  EROFS: 'read-only',
  EXDEV: 'other-device',
  EIO: 'failed',
}
const faults = Object.entries(codes).flatMap(([code, reason]) =>
  [false, true].flatMap((lasting) => [true, false].map((isNew) => ({ code, reason, lasting, isNew }))),
)

describe('a write on a disk whose nth operation fails, for every n until none does', () => {
  it.each(faults)('leaves the old file or the new one, whole ($code, lasting: $lasting, new: $isNew)', async (row) => {
    for (let nth = 1; ; nth += 1) {
      const fired = await writeUnder({ nth, code: row.code, lasting: row.lasting }, row)
      if (!fired) break
      expect(nth).toBeLessThan(200)
    }
  })

  async function writeUnder(fault: Fault, { reason, isNew, lasting }: (typeof faults)[number]): Promise<boolean> {
    const folder = temporaryFolder()
    const path = join(folder, '.env')
    if (!isNew) nodeFs.writeFileSync(path, old, { mode: 0o640 })
    const { fs, state, restart } = aFaultyDisk()
    const place = await lookAt(fs, path)
    restart(fault)
    const failed = await writeDestination({ fs, delay }, place, fresh).then(
      () => null,
      (error: unknown) => error as { code: string; data: { reason: string; leftover: string | null } },
    )
    const { fired } = state
    restart(null)
    const now = nodeFs.existsSync(path) ? nodeFs.readFileSync(path) : null
    const left = namesIn(folder).filter((name) => name !== '.env')
    const isWritten = failed === null || failed.data.reason === 'unconfirmed'
    expect({ now }).toEqual({ now: isWritten ? fresh : isNew ? null : old })
    // What could not be asked about is named too, lest a person is told that nothing is left.
    const known = failed?.data.leftover?.slice(folder.length + 1)
    const isTold = left.length === 0 ? known === undefined || lasting : left.length === 1 && left[0] === known
    expect({ nth: fault.nth, left, isTold: failed === null || isTold }).toMatchObject({ isTold: true })
    const told = failed?.code === 'FILE_NOT_WRITTEN' ? failed.data.reason : (failed?.code ?? 'written')
    expect(['written', 'FILE_REFUSED', 'unconfirmed', 'owner', reason]).toContain(told)
    return fired > 0
  }
})
