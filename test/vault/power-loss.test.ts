import { describe, expect, it } from 'vitest'
import { openFile } from '../../electron/vault/session.ts'
import { openWithPassphrase } from '../../electron/vault/opening.ts'
import { parseVaultFile } from '../../electron/vault/vault-file.ts'
import { aFaultyFileSystem } from './faulty-file-system.ts'
import type { DiskImage } from './memory-disk.ts'
import { MemoryDisk } from './memory-disk.ts'
import { addSecret, fastDerive, notes, openVault, passphrase } from './vault-builder.ts'

const folder = '/data'
const path = '/data/vault.keywheel'

async function openImage(image: DiskImage): Promise<string[] | 'no file' | 'neither'> {
  const bytes = image.get(path)
  if (bytes === undefined || bytes === 'folder') return 'no file'
  const parsed = parseVaultFile(bytes)
  if (parsed.kind !== 'vault') return 'neither'
  const opening = await openWithPassphrase(parsed.file, passphrase, fastDerive)
  if (opening.kind !== 'opened') return 'neither'
  const opened = openFile(parsed.file, opening.dek, notes.schema)
  return opened.kind === 'open' ? opened.session.contents.metadata.notes : 'neither'
}

const keyOf = (image: DiskImage) =>
  [...image].map(([name, content]) => `${name}=${content === 'folder' ? '/' : content.toString('base64')}`).join('\n')

/** Every state that a power cut at any operation of a creation and three saves can leave, with what was acknowledged. */
async function statesOfThreeSaves() {
  const disk = new MemoryDisk()
  const faulty = aFaultyFileSystem(disk)
  const states = new Map<string, { image: DiskImage; acknowledged: string[] | null }>()
  let acknowledged: string[] | null = null
  const record = () => {
    for (const image of disk.afterPowerCut())
      states.set(`${acknowledged?.length} ${keyOf(image)}`, { image, acknowledged })
  }
  faulty.state.before = record
  const vault = await openVault({ folder, fs: faulty.fs })
  await vault.create({ protection: 'pass', passphrase })
  acknowledged = []
  record()
  for (const name of ['one', 'two', 'three']) {
    await addSecret(vault, name, `sk-${name}-secret-0123456789`)
    acknowledged = [...acknowledged, name]
    record()
  }
  return [...states.values()]
}

describe('the power fails at any moment of three saves', () => {
  it('and the file is what was acknowledged, or the save that was under way, in every state the disk may be in', async () => {
    const states = await statesOfThreeSaves()
    const found = new Set<string>()
    for (const { image, acknowledged } of states) {
      const result = await openImage(image)
      const next = ['one', 'two', 'three'].slice(0, (acknowledged?.length ?? -1) + 1)
      expect(acknowledged === null ? ['no file', []] : [acknowledged, next]).toContainEqual(result)
      found.add(String(result))
    }
    // The enumeration reached both sides of each save, and states in which nothing was there yet.
    expect([...found].sort()).toEqual(['', 'no file', 'one', 'one,two', 'one,two,three'])
    expect(states.length).toBeGreaterThan(30)
  })

  it('and the next start opens it, without a rest of the save that was cut off', async () => {
    for (const { image } of await statesOfThreeSaves()) {
      const disk = new MemoryDisk(image)
      const vault = await openVault({ folder, fs: disk })
      if (vault.status().state === 'none') await vault.create({ protection: 'pass', passphrase })
      else await vault.unlock({ passphrase })
      await addSecret(vault, 'after', 'sk-after-secret-0123456789')
      expect(vault.read().metadata.notes.at(-1)).toBe('after')
      const left = [...disk.image().keys()].filter((name) => name.includes('.tmp-'))
      expect(left).toEqual([])
    }
  })

  it('would be found out here if the file were written in place', async () => {
    const disk = new MemoryDisk()
    const vault = await openVault({ folder, fs: disk })
    await vault.create({ protection: 'pass', passphrase })
    const file = await disk.open('/data/other', 'create')
    await file.write(disk.content(path) ?? Buffer.alloc(0), 0)
    await disk.unlink(path)
    await disk.rename('/data/other', path)
    const results = new Set<string>()
    for (const image of disk.afterPowerCut()) results.add(String(await openImage(image)))
    expect(results).toContain('neither')
    expect(results).toContain('no file')
  })
})
