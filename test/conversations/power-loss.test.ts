import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSealedShelf } from '../../electron/conversations/sealed-shelf.ts'
import type { FileSystem } from '../../electron/vault/file-system.ts'
import { aFaultyFileSystem } from '../vault/faulty-file-system.ts'
import { MemoryDisk, type DiskImage } from '../vault/memory-disk.ts'

const key = randomBytes(32)
const aShelf = (fs: FileSystem) =>
  createSealedShelf({
    fs,
    delay: () => Promise.resolve(),
    folder: '/data/conversations',
    filesKey: () => Promise.resolve(key),
  })

async function readFrom(image: DiskImage): Promise<unknown> {
  const shelf = aShelf(new MemoryDisk(image))
  const names = await shelf.names()
  return names.includes('talk') ? ((await shelf.read('talk')) ?? 'damaged') : 'nothing'
}

describe('a save of a conversation', () => {
  it('leaves the old one or the new one, whenever the power fails', async () => {
    const disk = new MemoryDisk()
    const faulty = aFaultyFileSystem(disk)
    const states: { image: DiskImage; acknowledged: string }[] = []
    let acknowledged = 'nothing'
    const record = () => {
      for (const image of disk.afterPowerCut()) states.push({ image, acknowledged })
    }
    faulty.state.before = record
    const shelf = aShelf(faulty.fs)
    const versions = ['one', 'two', 'three']
    for (const version of versions) {
      await shelf.keep('talk', version)
      acknowledged = version
      record()
    }
    const found = new Set<unknown>()
    for (const state of states) {
      const next = versions[versions.indexOf(state.acknowledged) + 1] ?? state.acknowledged
      const read = await readFrom(state.image)
      expect([state.acknowledged, next]).toContain(read)
      found.add(read)
    }
    expect(found).toEqual(new Set(['nothing', ...versions]))
  })

  it.each(['ENOSPC', 'EIO', 'EACCES'])(
    'that fails with %s at any step leaves the one before or is whole',
    async (code) => {
      const reads: unknown[] = []
      for (let nth = 1; ; nth += 1) {
        const faulty = aFaultyFileSystem(new MemoryDisk())
        const shelf = aShelf(faulty.fs)
        await shelf.keep('talk', 'old')
        faulty.restart({ nth, code, lasting: true })
        await shelf.keep('talk', 'new').catch(() => null)
        const isPastItsEnd = faulty.state.fired === 0
        faulty.restart(null)
        reads.push(await shelf.read('talk'))
        if (isPastItsEnd) break
      }
      expect(reads.length).toBeGreaterThan(8)
      expect(new Set(reads)).toEqual(new Set(['old', 'new']))
      expect(reads.at(-1)).toBe('new')
    },
  )

  it('that was killed half way leaves nothing behind after the next start', async () => {
    const disk = new MemoryDisk()
    await aShelf(disk).keep('talk', 'old')
    const [path] = [...disk.image().keys()].filter((name) => name.endsWith('talk.sealed'))
    disk.overwrite(`${path}.tmp-0011`, Buffer.from('half'))
    expect(await aShelf(disk).names()).toEqual(['talk'])
    expect([...disk.image().keys()].filter((name) => name.includes('.tmp-'))).toEqual([])
  })
})
