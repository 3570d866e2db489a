import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scryptKey } from '../../electron/vault/passphrase.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { MemoryDisk } from './memory-disk.ts'
import { aClock, addSecret, aKeychain, aVault, openVault, passphrase, statesOf } from './vault-builder.ts'

const vaultFile = (folder: string) => join(folder, 'vault.keywheel')

describe('a new vault', () => {
  it('is not there before it is created, and open after that', async () => {
    const folder = temporaryFolder()
    const { states, onChange } = statesOf()
    const vault = await openVault({ folder, onChange })
    expect(vault.status()).toEqual({ state: 'none', protections: [], offers: ['pass'] })
    expect(await vault.create({ protection: 'pass', passphrase })).toEqual({
      state: 'unlocked',
      protections: ['pass'],
      offers: ['pass'],
    })
    expect(vault.read().metadata).toEqual({ notes: [] })
    expect(states).toEqual(['unlocked'])
  })

  it('is readable by its owner only', async () => {
    const folder = join(temporaryFolder(), 'data')
    await aVault({ folder })
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(vaultFile(folder)).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'backups')).mode & 0o777).toBe(0o700)
  })

  it('holds neither metadata nor secrets in clear, in any of its files', async () => {
    const folder = temporaryFolder()
    const vault = await aVault({ folder })
    await addSecret(vault, 'second', 'sk-second-secret-0123456789')
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(1)
    for (const file of files) {
      const text = readFileSync(join(file.parentPath, file.name), 'latin1')
      for (const clear of ['sk-first', 'sk-second', 'first', 'api.example.com', passphrase]) {
        expect(text).not.toContain(clear)
      }
    }
  })

  it('is refused where a vault already is, which stays as it was', async () => {
    const folder = temporaryFolder()
    await aVault({ folder })
    const before = readFileSync(vaultFile(folder))
    const second = await openVault({ folder })
    await expect(second.create({ protection: 'pass', passphrase })).rejects.toMatchObject({ code: 'VAULT_EXISTS' })
    expect(readFileSync(vaultFile(folder))).toEqual(before)
  })

  it('opens with the real scrypt at no less than its floor', async () => {
    const folder = temporaryFolder()
    await aVault({ folder, deriveKey: scryptKey })
    const again = await openVault({ folder, deriveKey: scryptKey })
    await again.unlock({ passphrase })
    expect(again.secretOf('first')).toBe('sk-first-secret-0123456789')
  })
})

describe('unlocking', () => {
  it('gives back the metadata and the secrets that were saved', async () => {
    const folder = temporaryFolder()
    await aVault({ folder })
    const vault = await openVault({ folder })
    expect(vault.status().state).toBe('locked')
    expect(() => vault.read()).toThrowError('VAULT_LOCKED')
    await vault.unlock({ passphrase })
    expect(vault.read().metadata).toEqual({ notes: ['first'] })
    expect(vault.secretOf('first')).toBe('sk-first-secret-0123456789')
  })

  it('tells a wrong passphrase from a damaged vault, and leaves the file alone', async () => {
    const folder = temporaryFolder()
    await aVault({ folder })
    const before = readFileSync(vaultFile(folder))
    const vault = await openVault({ folder })
    await expect(vault.unlock({ passphrase: 'not the passphrase' })).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
    expect(vault.status().state).toBe('locked')
    expect(readFileSync(vaultFile(folder))).toEqual(before)
  })

  it('takes a passphrase typed in either normal form, but not one without its spaces', async () => {
    const folder = temporaryFolder()
    const vault = await openVault({ folder })
    await vault.create({ protection: 'pass', passphrase: ' caf\u00e9 au lait, encore ' })
    const again = await openVault({ folder })
    await expect(again.unlock({ passphrase: 'caf\u00e9 au lait, encore' })).rejects.toMatchObject({
      code: 'WRONG_PASSPHRASE',
    })
    await again.unlock({ passphrase: ' cafe\u0301 au lait, encore ' })
    expect(again.status().state).toBe('unlocked')
  })

  it('waits 5 s after five misses, doubling to five minutes, and forgets them after a hit', async () => {
    const folder = temporaryFolder()
    await aVault({ folder })
    const clock = { ...aClock(), now: 0, nowMs: () => clock.now }
    const vault = await openVault({ folder, clock })
    const miss = () => vault.unlock({ passphrase: 'not the passphrase' }).catch((error: unknown) => error)
    for (let nth = 1; nth <= 4; nth += 1) expect(await miss()).toMatchObject({ data: { waitMs: 0 } })
    for (const waitMs of [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]) {
      expect(await miss()).toMatchObject({ code: 'WRONG_PASSPHRASE', data: { waitMs } })
      clock.now += waitMs - 1
      await expect(vault.unlock({ passphrase })).rejects.toMatchObject({ data: { waitMs: 1 } })
      clock.now += 1
    }
    await vault.unlock({ passphrase })
    await vault.lock()
    expect(await miss()).toMatchObject({ data: { waitMs: 0 } })
  })

  it('by the keychain opens at the start, without a question', async () => {
    const folder = temporaryFolder()
    const keychain = aKeychain()
    const vault = await openVault({ folder, protectors: [keychain] })
    expect(vault.status().offers).toEqual(['os', 'pass'])
    await vault.create({ protection: 'os' })
    const again = await openVault({ folder, protectors: [keychain] })
    expect(await again.unlockWithProtector()).toBe(true)
    expect(again.status()).toMatchObject({ state: 'unlocked', protections: ['os'] })
  })

  it('keeps the slot of a keychain that is locked, and opens by the passphrase meanwhile', async () => {
    const folder = temporaryFolder()
    const keychain = aKeychain()
    await (await openVault({ folder, protectors: [keychain] })).create({ protection: 'os', passphrase })
    keychain.locked = true
    const vault = await openVault({ folder, protectors: [keychain] })
    expect(await vault.unlockWithProtector()).toBe(false)
    await vault.unlock({ passphrase })
    await addSecret(vault, 'later', 'sk-later-secret-0123456789')
    keychain.locked = false
    const again = await openVault({ folder, protectors: [keychain] })
    expect(await again.unlockWithProtector()).toBe(true)
    expect(again.secretOf('later')).toBe('sk-later-secret-0123456789')
  })

  it('refuses to create a vault on a keychain that does not give the key back', async () => {
    const folder = temporaryFolder()
    const keychain = aKeychain()
    keychain.locked = true
    const vault = await openVault({ folder, protectors: [keychain] })
    await expect(vault.create({ protection: 'os' })).rejects.toMatchObject({ code: 'PROTECTION_UNAVAILABLE' })
    expect(readdirSync(folder)).toEqual([])
  })

  it('does not open a vault that was locked while the key was being derived', async () => {
    const folder = temporaryFolder()
    await aVault({ folder })
    const vault = await openVault({ folder })
    const unlocking = vault.unlock({ passphrase })
    await vault.lock()
    await expect(unlocking).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(vault.status().state).toBe('locked')
  })
})

describe('a machine that is not well', () => {
  it('opens a vault on a disk that cannot be written to, and notes the opening with the next save', async () => {
    const disk = new MemoryDisk()
    await aVault({ folder: '/data', fs: disk })
    const readOnly = () => Promise.reject(Object.assign(new Error(), { code: 'EROFS' }))
    let canWrite = false
    const fs = Object.assign(Object.create(disk) as MemoryDisk, {
      open: (path: string, how: 'create' | 'read' | 'folder') =>
        canWrite || how !== 'create' ? disk.open(path, how) : readOnly(),
    })
    const vault = await openVault({ folder: '/data', fs })
    await vault.unlock({ passphrase })
    expect(vault.secretOf('first')).toBe('sk-first-secret-0123456789')
    await expect(addSecret(vault, 'second', 'sk-second')).rejects.toMatchObject({ data: { code: 'EROFS' } })
    canWrite = true
    await addSecret(vault, 'third', 'sk-third')
    const again = await openVault({ folder: '/data', fs: disk })
    await again.unlock({ passphrase })
    expect(again.auditTrail().entries.map(({ action }) => action)).toEqual(['create', 'unlock', 'unlock'])
    expect(again.read().metadata.notes).toEqual(['first', 'third'])
  })

  it('says in our words that the passphrase could not be derived, and keeps the vault', async () => {
    const folder = temporaryFolder()
    await aVault({ folder })
    const noMemory = () => Promise.reject(Object.assign(new Error('secret'), { code: 'ERR_CRYPTO_SCRYPT' }))
    const vault = await openVault({ folder, deriveKey: noMemory })
    await expect(vault.unlock({ passphrase })).rejects.toThrowError(/^STORAGE_FAILED$/)
    expect(vault.status().state).toBe('locked')
  })

  it('does not offer a keychain that fails, and says so when it is asked for', async () => {
    const fails = (): Promise<never> => Promise.reject(new Error('secret'))
    const keychain = { ...aKeychain(), isAvailable: (): Promise<boolean> => fails() }
    const vault = await openVault({ folder: temporaryFolder(), protectors: [keychain] })
    expect(vault.status().offers).toEqual(['pass'])
    await expect(vault.create({ protection: 'os' })).rejects.toThrowError(/^PROTECTION_UNAVAILABLE$/)
    await vault.create({ protection: 'pass', passphrase })
    keychain.isAvailable = () => Promise.resolve(true)
    const keepFails = { ...keychain, keep: fails }
    const other = await openVault({ folder: temporaryFolder(), protectors: [keepFails] })
    await expect(other.create({ protection: 'os' })).rejects.toThrowError(/^PROTECTION_UNAVAILABLE$/)
  })

  it('refuses a passphrase of a megabyte as wrong', async () => {
    const folder = temporaryFolder()
    await aVault({ folder })
    const vault = await openVault({ folder })
    await expect(vault.unlock({ passphrase: 'x'.repeat(2 ** 20) })).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
  })
})

describe('locking', () => {
  it('refuses secrets at once and lets a save that has begun finish', async () => {
    const folder = temporaryFolder()
    const vault = await aVault({ folder })
    const saving = addSecret(vault, 'second', 'sk-second-secret-0123456789')
    await Promise.resolve()
    await Promise.resolve()
    const locking = vault.lock()
    expect(() => vault.secretOf('first')).toThrowError('VAULT_LOCKED')
    await saving
    await locking
    expect(vault.status()).toMatchObject({ state: 'locked', protections: ['pass'] })
    await vault.unlock({ passphrase })
    expect(vault.secretOf('second')).toBe('sk-second-secret-0123456789')
  })

  it('refuses a save that comes after it', async () => {
    const vault = await aVault({ folder: temporaryFolder() })
    const locking = vault.lock()
    await expect(addSecret(vault, 'late', 'sk-late')).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    await locking
  })
})

describe('a commit', () => {
  it('applies changes in the order they came, each to the result of the one before', async () => {
    const vault = await aVault({ folder: temporaryFolder() })
    await Promise.all(['a', 'b', 'c'].map((note) => vault.commit((draft) => void draft.metadata.notes.push(note))))
    expect(vault.read().metadata.notes).toEqual(['first', 'a', 'b', 'c'])
  })

  it('leaves memory and file as they were when the change throws or does not fit the schema', async () => {
    const folder = temporaryFolder()
    const vault = await aVault({ folder })
    const before = readFileSync(vaultFile(folder))
    await expect(
      vault.commit((draft) => {
        draft.metadata.notes.push('half')
        draft.removeSecret('first')
        throw new RangeError('changed my mind')
      }),
    ).rejects.toThrowError('changed my mind')
    await expect(vault.commit((draft) => Object.assign(draft.metadata, { notes: 1 }))).rejects.toThrowError(TypeError)
    expect(vault.read().metadata).toEqual({ notes: ['first'] })
    expect(vault.secretOf('first')).toBe('sk-first-secret-0123456789')
    expect(readFileSync(vaultFile(folder))).toEqual(before)
  })

  it('counts generations, and never encrypts the same contents to the same bytes', async () => {
    const folder = temporaryFolder()
    const vault = await aVault({ folder })
    const first = readFileSync(vaultFile(folder))
    const { generation } = vault.read()
    await vault.commit(() => undefined)
    expect(vault.read().generation).toBe(generation + 1)
    expect(readFileSync(vaultFile(folder)).subarray(-200)).not.toEqual(first.subarray(-200))
  })

  it('refuses to overwrite what another program has put in its place, and keeps both', async () => {
    const folder = temporaryFolder()
    const vault = await aVault({ folder })
    const other = await openVault({ folder })
    await other.unlock({ passphrase })
    await addSecret(other, 'theirs', 'sk-their-secret-0123456789')
    const theirs = readFileSync(vaultFile(folder))
    await expect(addSecret(vault, 'ours', 'sk-our-secret-0123456789')).rejects.toMatchObject({
      code: 'VAULT_CHANGED_ON_DISK',
    })
    expect(readFileSync(vaultFile(folder))).toEqual(theirs)
    expect(vault.secretOf('first')).toBe('sk-first-secret-0123456789')
  })
})

describe('a secret', () => {
  it('is given only to a host it was saved for', async () => {
    const vault = await aVault({ folder: temporaryFolder() })
    expect(vault.secretFor('first', 'api.example.com')).toBe('sk-first-secret-0123456789')
    expect(() => vault.secretFor('first', 'evil.example.com')).toThrowError('KEY_TO_OTHER_HOST')
    await vault.commit((draft) => draft.allowHosts('first', ['new.example.com']))
    expect(vault.secretFor('first', 'new.example.com')).toBe('sk-first-secret-0123456789')
    expect(() => vault.secretFor('first', 'api.example.com')).toThrowError('KEY_TO_OTHER_HOST')
  })

  it('is told from another by its fingerprint, without being opened', async () => {
    const vault = await aVault({ folder: temporaryFolder() })
    const known = vault.secrets().find(({ id }) => id === 'first')
    expect(vault.fingerprint('sk-first-secret-0123456789')).toBe(known?.fp)
    expect(vault.fingerprint('sk-first-secret-0123456780')).not.toBe(known?.fp)
    const elsewhere = await aVault({ folder: temporaryFolder() })
    expect(elsewhere.fingerprint('sk-first-secret-0123456789')).not.toBe(known?.fp)
  })

  it('counts a revision with each replacement, and is gone when removed', async () => {
    const vault = await aVault({ folder: temporaryFolder() })
    await vault.commit((draft) => {
      draft.sealSecret('sk-new', { recordId: 'first', allowedHosts: [] })
      draft.sealSecret('proxy password', { recordId: 'first', field: 'proxy', allowedHosts: [] })
    })
    expect(vault.secrets().map(({ field, rev }) => [field, rev])).toEqual([
      ['secret', 2],
      ['proxy', 1],
    ])
    expect([vault.secretOf('first'), vault.secretOf('first', 'proxy')]).toEqual(['sk-new', 'proxy password'])
    await vault.commit((draft) => draft.removeSecret('first'))
    expect(() => vault.secretOf('first')).toThrowError('KEY_NOT_FOUND')
    expect(() => vault.secretFor('first', 'api.example.com')).toThrowError('KEY_NOT_FOUND')
  })
})
