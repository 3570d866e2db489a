import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FileProtectorDeps } from '../../electron/vault/file-protector.ts'
import { createFileProtector } from '../../electron/vault/file-protector.ts'
import { nodeFileSystem } from '../../electron/vault/file-system.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { addSecret, openVault } from './vault-builder.ts'

function aFileProtector(home: string, changes: Partial<FileProtectorDeps> = {}) {
  return createFileProtector({
    fs: nodeFileSystem,
    keyFolder: join(home, 'keys'),
    dataFolder: join(home, 'data'),
    platform: 'linux',
    uid: process.getuid?.(),
    randomBytes,
    ...changes,
  })
}

describe('a key file', () => {
  it('opens the vault without a question, and is in no file of the data folder', async () => {
    const home = temporaryFolder()
    const folder = join(home, 'data')
    const protectors = [aFileProtector(home)]
    const vault = await openVault({ folder, protectors })
    expect(vault.status().offers).toEqual(['pass', 'file'])
    await vault.create({ protection: 'file' })
    await addSecret(vault, 'first', 'sk-first-secret-0123456789')
    const [name = ''] = readdirSync(join(home, 'keys'))
    const key = readFileSync(join(home, 'keys', name), 'utf8').trim()
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))
    expect(texts.length).toBeGreaterThan(1)
    expect(texts.some((text) => text.includes(key))).toBe(false)
    const again = await openVault({ folder, protectors })
    expect(await again.unlockWithProtector()).toBe(true)
    expect(again.secretOf('first')).toBe('sk-first-secret-0123456789')
  })

  it('is 0600 in a 0700 folder', async () => {
    const home = temporaryFolder()
    const name = await aFileProtector(home).keep(randomBytes(32), 'vault')
    expect(statSync(join(home, 'keys')).mode & 0o777).toBe(0o700)
    expect(statSync(join(home, 'keys', name)).mode & 0o777).toBe(0o600)
  })

  it('does not replace the key file of an earlier slot', async () => {
    const home = temporaryFolder()
    const protector = aFileProtector(home)
    const [first, second] = [randomBytes(32), randomBytes(32)]
    const names = [await protector.keep(first, 'vault'), await protector.keep(second, 'vault')]
    expect(await protector.recall(names[0] ?? '', 'vault')).toEqual(first)
    expect(await protector.recall(names[1] ?? '', 'vault')).toEqual(second)
  })

  it.each([0o640, 0o604, 0o666])('is not used when others can read or write it (%o)', async (mode) => {
    const home = temporaryFolder()
    const protector = aFileProtector(home)
    const name = await protector.keep(randomBytes(32), 'vault')
    chmodSync(join(home, 'keys', name), mode)
    expect(await protector.recall(name, 'vault')).toBeNull()
    expect(readdirSync(join(home, 'keys'))).toEqual([name])
  })

  it('is not used when it belongs to another user, or is a link', async () => {
    const home = temporaryFolder()
    const protector = aFileProtector(home)
    const name = await protector.keep(randomBytes(32), 'vault')
    const stranger = aFileProtector(home, { uid: (process.getuid?.() ?? 0) + 1 })
    expect(await stranger.recall(name, 'vault')).toBeNull()
    symlinkSync(join(home, 'keys', name), join(home, 'keys', 'link.key'))
    expect(await protector.recall('link.key', 'vault')).toBeNull()
  })

  it.each(['../data/x.key', '/etc/passwd', '', 'missing.key'])('is never looked for at %j', async (name) => {
    const home = temporaryFolder()
    mkdirSync(join(home, 'data'))
    writeFileSync(join(home, 'data', 'x.key'), randomBytes(32).toString('base64url'), { mode: 0o600 })
    expect(await aFileProtector(home).recall(name, 'vault')).toBeNull()
  })

  it('is refused inside the data folder, also behind a link', async () => {
    const home = temporaryFolder()
    mkdirSync(join(home, 'data', 'inner'), { recursive: true })
    symlinkSync(join(home, 'data', 'inner'), join(home, 'outside'))
    for (const keyFolder of ['data', 'data/keys', 'data/inner/deeper', 'outside', 'outside/keys']) {
      const protector = aFileProtector(home, { keyFolder: join(home, keyFolder) })
      expect(await protector.isAvailable()).toBe(false)
      await expect(protector.keep(randomBytes(32), 'vault')).rejects.toMatchObject({ code: 'PROTECTION_UNAVAILABLE' })
    }
    expect(await aFileProtector(home, { keyFolder: join(home, 'data-keys') }).isAvailable()).toBe(true)
    expect(await aFileProtector(home, { keyFolder: join(home, '..keys') }).isAvailable()).toBe(true)
  })

  it('is not offered on Windows, which has no such permissions', async () => {
    expect(await aFileProtector(temporaryFolder(), { platform: 'win32' }).isAvailable()).toBe(false)
  })
})
