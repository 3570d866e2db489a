import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Failure } from '../../shared/failure.ts'
import { nodeFileSystem } from '../../electron/vault/file-system.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import type { Fault } from './faulty-file-system.ts'
import { aFaultyFileSystem } from './faulty-file-system.ts'
import { MemoryDisk } from './memory-disk.ts'
import { addSecret, aVault, openVault, passphrase } from './vault-builder.ts'

const folder = '/data'
const path = '/data/vault.keywheel'

async function anOpenVault() {
  const disk = new MemoryDisk()
  const faulty = aFaultyFileSystem(disk)
  const vault = await aVault({ folder, fs: faulty.fs })
  return { disk, faulty, vault }
}

const tmpFiles = (disk: MemoryDisk) => [...disk.image().keys()].filter((name) => name.includes('.tmp-'))

/** What the save answered, and whether the file is the old one, the new one, or neither. */
async function saveUnder(fault: Fault) {
  const { disk, faulty, vault } = await anOpenVault()
  const before = disk.content(path)
  faulty.restart(fault)
  const answer = await addSecret(vault, 'second', 'sk-second-secret-0123456789').catch((error: unknown) => error)
  const { fired } = faulty.state
  faulty.restart(null)
  return { disk, vault, before, answer, fired }
}

/** What a start after this would find. Opening notes the opening in the vault, so it is done on a copy. */
async function notesOnDisk(disk: MemoryDisk) {
  const copy = new MemoryDisk(disk.image())
  const vault = await openVault({ folder, fs: copy })
  expect(tmpFiles(copy)).toEqual([])
  await vault.unlock({ passphrase })
  return vault.read().metadata.notes
}

const codeOf = (error: unknown) => (error instanceof Failure ? error.code : error)

const codes = ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EMFILE', 'EDQUOT', 'EFBIG', 'ENAMETOOLONG', 'EXDEV', 'EPERM']
const faults = codes.flatMap((code) => [false, true].map((lasting) => ({ code, lasting })))

describe('a save on a disk whose nth operation fails, for every n until none does', () => {
  it.each(faults)('keeps the old file or the new one, whole ($code, lasting: $lasting)', async ({ code, lasting }) => {
    let nth = 0
    for (;;) {
      nth += 1
      const { disk, vault, before, answer, fired } = await saveUnder({ nth, code, lasting })
      const after = disk.content(path)
      const isOld = before !== undefined && after?.equals(before) === true
      const expected = isOld ? ['first'] : ['first', 'second']
      // Memory says what the file says, and a save that was answered well is there.
      expect(vault.read().metadata.notes).toEqual(expected)
      expect(answer instanceof Failure || !(answer instanceof Error)).toBe(true)
      expect(isOld && !(answer instanceof Error)).toBe(false)
      expect(await notesOnDisk(disk)).toEqual(expected)
      // Nothing is stuck: the next save works and carries everything.
      await addSecret(vault, 'third', 'sk-third-secret-0123456789')
      expect(await notesOnDisk(disk)).toEqual([...expected, 'third'])
      expect(lasting ? [] : tmpFiles(disk)).toEqual([])
      if (fired === 0) break
    }
    expect(nth).toBeGreaterThan(20)
  })

  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EFBIG', 'DISK_FULL'],
    ['EIO', 'STORAGE_FAILED'],
    ['EROFS', 'STORAGE_FAILED'],
  ])('says %s as %s, and never in the words of the system', async (code, expected) => {
    const { answer } = await saveUnder({ nth: 8, code, lasting: true })
    expect(answer).toMatchObject({ code: expected })
    expect(String(answer)).not.toContain('secret path')
  })
})

describe('opening on a disk whose nth operation fails', () => {
  it.each(faults)('never takes a vault for absent or damaged ($code, lasting: $lasting)', async ({ code, lasting }) => {
    const disk = new MemoryDisk()
    await aVault({ folder, fs: disk })
    const before = disk.image()
    for (let nth = 1, fired = 1; fired > 0; nth += 1) {
      const faulty = aFaultyFileSystem(new MemoryDisk(before))
      faulty.restart({ nth, code, lasting })
      const vault = await openVault({ folder, fs: faulty.fs })
      expect(vault.status().state).toBe('locked')
      const answer = await vault.unlock({ passphrase }).catch(codeOf)
      expect(['STORAGE_FAILED', 'DISK_FULL', vault.status()]).toContainEqual(answer)
      fired = faulty.state.fired
      faulty.restart(null)
      await vault.unlock({ passphrase })
      expect(vault.secretOf('first')).toBe('sk-first-secret-0123456789')
    }
  })
})

describe('creating on a disk whose nth operation fails', () => {
  it.each(faults)('makes a whole vault or none ($code, lasting: $lasting)', async ({ code, lasting }) => {
    for (let nth = 1, fired = 1; fired > 0; nth += 1) {
      const disk = new MemoryDisk()
      const faulty = aFaultyFileSystem(disk)
      const vault = await openVault({ folder, fs: faulty.fs })
      faulty.restart({ nth, code, lasting })
      const answer = await vault.create({ protection: 'pass', passphrase }).catch(codeOf)
      expect(['STORAGE_FAILED', 'DISK_FULL', vault.status()]).toContainEqual(answer)
      fired = faulty.state.fired
      const isThere = disk.content(path) !== undefined
      expect(vault.status().state === 'unlocked').toBe(isThere)
      faulty.restart(null)
      const again = await openVault({ folder, fs: disk })
      await (isThere ? again.unlock({ passphrase }) : again.create({ protection: 'pass', passphrase }))
      expect(again.read().metadata.notes).toEqual([])
    }
  })
})

describe('a disk that takes fewer bytes than it is given', () => {
  const takes: [string, (asked: number) => number][] = [
    ['1', () => 1],
    ['7', (asked) => Math.min(7, asked)],
    ['half', (asked) => Math.max(1, asked >> 1)],
    ['all but one', (asked) => Math.max(1, asked - 1)],
  ]

  it.each(takes)('is given the rest until all is written (%s at a time)', async (_name, take) => {
    const { disk, faulty, vault } = await anOpenVault()
    faulty.state.takes = take
    await addSecret(vault, 'second', 'sk-second-secret-0123456789')
    expect(await notesOnDisk(disk)).toEqual(['first', 'second'])
  })

  it.each(takes)('and then is full keeps the old file to the byte (%s at a time)', async (_name, take) => {
    for (const writes of [1, 2, 3]) {
      const { disk, faulty, vault } = await anOpenVault()
      const before = disk.content(path)
      let left = writes
      faulty.state.takes = (asked) => (left-- > 0 ? take(asked) : 0)
      const answer = await addSecret(vault, 'second', 'sk-second-secret-0123456789').catch((error: unknown) => error)
      const isWhole = !(answer instanceof Error)
      expect(isWhole ? 'saved' : codeOf(answer)).toBe(isWhole ? 'saved' : 'DISK_FULL')
      expect(disk.content(path)?.equals(before ?? Buffer.alloc(0))).toBe(!isWhole)
      expect(vault.read().metadata.notes).toEqual(isWhole ? ['first', 'second'] : ['first'])
      expect(tmpFiles(disk)).toEqual([])
    }
  })

  it('or keeps other bytes than it was given is found out before the old file is replaced', async () => {
    const { disk, faulty, vault } = await anOpenVault()
    const before = disk.content(path)
    const lying = { ...faulty.fs }
    lying.open = async (name, how) => {
      const file = await faulty.fs.open(name, how)
      return how === 'create' ? { ...file, write: (bytes, offset) => file.write(garbled(bytes), offset) } : file
    }
    const again = await openVault({ folder, fs: lying })
    await vault.lock()
    await again.unlock({ passphrase })
    await expect(addSecret(again, 'second', 'sk-second')).rejects.toMatchObject({ data: { code: 'EIO' } })
    expect(disk.content(path)).toEqual(before)
  })
})

function garbled(bytes: Uint8Array): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt8(copy.readUInt8(copy.length - 1) ^ 1, copy.length - 1)
  return copy
}

describe('a rename that is refused because another program looks at the file', () => {
  it('is tried again for two seconds, and then given up with the old file in place', async () => {
    const pauses: number[] = []
    const disk = new MemoryDisk()
    let refusals = 0
    const fs = Object.assign(Object.create(disk) as MemoryDisk, {
      rename: (from: string, to: string) => {
        refusals -= 1
        return refusals < 0 ? disk.rename(from, to) : Promise.reject(Object.assign(new Error(), { code: 'EBUSY' }))
      },
    })
    const delay = (ms: number) => Promise.resolve(void pauses.push(ms))
    const vault = await aVault({ folder, fs, delay })
    refusals = 5
    await addSecret(vault, 'second', 'sk-second')
    expect(pauses).toHaveLength(5)
    const before = disk.content(path)
    pauses.length = 0
    refusals = 100
    await expect(addSecret(vault, 'third', 'sk-third')).rejects.toMatchObject({ code: 'STORAGE_FAILED' })
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(2_000)
    expect(disk.content(path)).toEqual(before)
    expect(vault.read().metadata.notes).toEqual(['first', 'second'])
  })
})

describe('a rename that happened although it reports an error', () => {
  it('is taken for what it did: memory and file are new, and the error is told', async () => {
    const disk = new MemoryDisk()
    let isLying = false
    const fs = Object.assign(Object.create(disk) as MemoryDisk, {
      rename: async (from: string, to: string) => {
        await disk.rename(from, to)
        if (isLying) throw Object.assign(new Error(), { code: 'EIO' })
      },
    })
    const vault = await aVault({ folder, fs })
    isLying = true
    await expect(addSecret(vault, 'second', 'sk-second')).rejects.toMatchObject({ code: 'STORAGE_FAILED' })
    expect(vault.read().metadata.notes).toEqual(['first', 'second'])
    isLying = false
    await addSecret(vault, 'third', 'sk-third')
    expect(await notesOnDisk(disk)).toEqual(['first', 'second', 'third'])
  })
})

const mountProblem = (() => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux'
  try {
    const probe = '/tmp/keywheel-mount-probe'
    mkdirSync(probe, { recursive: true })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' })
    execFileSync('umount', [probe], { stdio: 'ignore' })
    return null
  } catch {
    return 'mounting is not allowed here'
  }
})()

describe(`a real disk of 64 KiB${mountProblem === null ? '' : ` (skipped: ${mountProblem})`}`, () => {
  it.skipIf(mountProblem !== null)(
    'that is full keeps the last save, for every amount of room that is left',
    async () => {
      const disk = temporaryFolder()
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk])
      onTestFinished(() => void execFileSync('umount', ['-l', disk]))
      const real = join(disk, 'data')
      const vault = await aVault({ folder: real, fs: nodeFileSystem })
      const acknowledged = [...vault.read().metadata.notes]
      const answers = new Set<string>()
      for (let nth = 0; nth < 60; nth += 1) {
        const note = `${nth} ${'x'.repeat(1500)}`
        try {
          await vault.commit((draft) => void draft.metadata.notes.push(note))
          acknowledged.push(note)
          answers.add('saved')
        } catch (error) {
          answers.add(error instanceof Failure ? error.code : 'other')
        }
        const before = readFileSync(join(real, 'vault.keywheel'))
        const reader = await openVault({ folder: temporaryCopy(real) })
        await reader.unlock({ passphrase })
        expect(reader.read().metadata.notes).toEqual(acknowledged)
        expect(readFileSync(join(real, 'vault.keywheel'))).toEqual(before)
      }
      expect([...answers].sort()).toEqual(['DISK_FULL', 'saved'])
      expect(readdirSync(real).filter((name) => name.includes('.tmp-'))).toEqual([])
    },
  )
})

function temporaryCopy(from: string): string {
  const copy = temporaryFolder()
  writeFileSync(join(copy, 'vault.keywheel'), readFileSync(join(from, 'vault.keywheel')))
  return copy
}
