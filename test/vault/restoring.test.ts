import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeFileSystem } from '../../electron/vault/file-system.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { aClock, addSecret, aVault, openVault, passphrase } from './vault-builder.ts'

const fileOf = (folder: string) => join(folder, 'vault.keywheel')
const dayMs = 86_400_000

/** A vault with a save after `first`, and its backups. */
async function withBackups() {
  const folder = temporaryFolder()
  const vault = await aVault({ folder })
  await addSecret(vault, 'second', 'sk-second-secret-0123456789')
  const [newest] = await vault.backups()
  return { folder, vault, name: newest?.name ?? '' }
}

function damage(folder: string): Buffer {
  const bytes = readFileSync(fileOf(folder))
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 20) ^ 1, bytes.length - 20)
  writeFileSync(fileOf(folder), bytes)
  return bytes
}

describe('backups', () => {
  it('are the file as it was before each save, to the byte', async () => {
    const folder = temporaryFolder()
    const vault = await aVault({ folder })
    const before = readFileSync(fileOf(folder))
    await addSecret(vault, 'second', 'sk-second')
    const [newest] = await vault.backups()
    expect(readFileSync(join(folder, 'backups', newest?.name ?? ''))).toEqual(before)
    expect(newest).toMatchObject({ generation: vault.read().generation - 1, reason: 'save' })
  })

  it('are ten generations and the last of each of seven days', async () => {
    const folder = temporaryFolder()
    const clock = aClock()
    const vault = await aVault({ folder, clock })
    const first = clock.wall
    for (let day = 0; day < 12; day += 1) {
      for (let nth = 0; nth < 5; nth += 1) {
        clock.wall = first + day * dayMs + nth * 60_000
        await vault.commit((draft) => void draft.metadata.notes.push(`${day}/${nth}`))
      }
    }
    const kept = await vault.backups()
    const days = [...new Set(kept.map(({ atMs }) => Math.floor((atMs - first) / dayMs)))]
    expect(days).toEqual([11, 10, 9, 8, 7, 6, 5])
    expect(kept).toHaveLength(10 + 5)
    expect(kept.filter(({ atMs }) => atMs >= first + 10 * dayMs)).toHaveLength(10)
  })

  it('before an import are kept beside those of the saves that follow', async () => {
    const vault = await aVault({ folder: temporaryFolder() })
    await vault.commit((draft) => void draft.metadata.notes.push('imported'), { backup: 'import' })
    for (let nth = 0; nth < 15; nth += 1) await vault.commit(() => undefined)
    expect((await vault.backups()).filter(({ reason }) => reason === 'import')).toHaveLength(1)
  })

  it('are not pushed out by looking at keys', async () => {
    const { vault } = await withBackups()
    const before = await vault.backups()
    for (let nth = 0; nth < 12; nth += 1) await vault.audit({ action: 'reveal', subject: 'first' })
    expect(await vault.backups()).toEqual(before)
    expect(vault.auditTrail().entries.filter(({ action }) => action === 'reveal')).toHaveLength(12)
  })

  it('are copied where there are no hard links', async () => {
    const folder = temporaryFolder()
    const noLinks = () => Promise.reject(Object.assign(new Error(), { code: 'EPERM' }))
    const vault = await aVault({ folder, fs: { ...nodeFileSystem, link: noLinks } })
    const before = readFileSync(fileOf(folder))
    await addSecret(vault, 'second', 'sk-second')
    expect(readFileSync(join(folder, 'backups', (await vault.backups())[0]?.name ?? ''))).toEqual(before)
  })

  it('are looked at without being changed', async () => {
    const { folder, vault, name } = await withBackups()
    const before = readFileSync(join(folder, 'backups', name))
    const current = readFileSync(fileOf(folder))
    expect(await vault.inspectBackup(name, { passphrase })).toMatchObject({ name, secrets: 1, reason: 'save' })
    expect(readFileSync(join(folder, 'backups', name))).toEqual(before)
    expect(readFileSync(fileOf(folder))).toEqual(current)
  })

  it('are guessed at no faster than the vault itself', async () => {
    const { vault, name } = await withBackups()
    const guess = () => vault.inspectBackup(name, { passphrase: 'not the passphrase' }).catch((error: unknown) => error)
    for (let nth = 0; nth < 4; nth += 1) expect(await guess()).toMatchObject({ data: { waitMs: 0 } })
    expect(await guess()).toMatchObject({ code: 'WRONG_PASSPHRASE', data: { waitMs: expect.any(Number) as number } })
    await expect(vault.inspectBackup(name, { passphrase })).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
  })

  it.each(['../vault.keywheel', 'nothing', ''])('of the name %j are not looked for', async (name) => {
    const { vault } = await withBackups()
    await expect(vault.inspectBackup(name, { passphrase })).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' })
  })

  it('that still hold a deleted secret are named, so that a purge can offer to delete them', async () => {
    const { vault } = await withBackups()
    await vault.commit((draft) => draft.removeSecret('second'))
    await vault.commit(() => undefined)
    const { holding, closed } = await vault.backupsHolding(['second'])
    expect(holding.map(({ generation }) => generation)).toEqual([vault.read().generation - 2])
    expect(closed).toEqual([])
    for (const { name } of holding) await vault.removeBackup(name)
    expect((await vault.backupsHolding(['second'])).holding).toEqual([])
  })

  it('of an earlier data key are said to be closed to this one', async () => {
    const { vault } = await withBackups()
    const older = (await vault.backups()).length
    await vault.replaceDataKey({ passphrase })
    const { holding, closed } = await vault.backupsHolding(['first'])
    expect(holding).toEqual([])
    expect(closed).toHaveLength(older + 1)
  })
})

describe('restoring a backup', () => {
  it('brings back what it held, under a generation above all others, and keeps what was there', async () => {
    const { folder, vault, name } = await withBackups()
    const before = vault.read().generation
    await vault.restoreBackup(name, { passphrase })
    expect(vault.read()).toMatchObject({ metadata: { notes: ['first'] }, generation: before + 1 })
    const kept = (await vault.backups()).find(({ reason }) => reason === 'restore')
    expect(await vault.inspectBackup(kept?.name ?? '', { passphrase })).toMatchObject({ secrets: 2 })
    const again = await openVault({ folder })
    await again.unlock({ passphrase })
    expect(again.secretOf('first')).toBe('sk-first-secret-0123456789')
    expect(again.auditTrail().entries.some(({ action }) => action === 'restore')).toBe(true)
  })

  it('saves a damaged vault, whose bytes stay beside it', async () => {
    const { folder, name } = await withBackups()
    const damaged = damage(folder)
    const vault = await openVault({ folder })
    await expect(vault.unlock({ passphrase })).rejects.toMatchObject({ code: 'VAULT_DAMAGED', data: { backups: 2 } })
    expect(vault.status().state).toBe('damaged')
    await vault.restoreBackup(name, { passphrase })
    expect(vault.status().state).toBe('unlocked')
    expect(vault.secretOf('first')).toBe('sk-first-secret-0123456789')
    const copies = readdirSync(folder).filter((file) => file.includes('.corrupt-'))
    expect(copies.map((file) => readFileSync(join(folder, file)))).toEqual([damaged])
  })

  it('saves a vault whose file is gone', async () => {
    const { folder, name } = await withBackups()
    rmSync(fileOf(folder))
    const vault = await openVault({ folder })
    await vault.restoreBackup(name, { passphrase })
    expect(vault.read().metadata.notes).toEqual(['first'])
  })

  it('with a wrong passphrase, or of a damaged backup, changes nothing', async () => {
    const { folder, vault, name } = await withBackups()
    const before = readFileSync(fileOf(folder))
    await expect(vault.restoreBackup(name, { passphrase: 'not the passphrase' })).rejects.toMatchObject({
      code: 'WRONG_PASSPHRASE',
    })
    const backup = join(folder, 'backups', name)
    const bytes = readFileSync(backup)
    rmSync(backup)
    writeFileSync(backup, bytes.subarray(0, -1))
    await expect(vault.restoreBackup(name, { passphrase })).rejects.toMatchObject({ code: 'VAULT_DAMAGED' })
    expect(readFileSync(fileOf(folder))).toEqual(before)
    expect(readFileSync(backup)).toEqual(bytes.subarray(0, -1))
  })
})

describe('a vault in a synchronised folder', () => {
  it('that was put back to an older state is noticed', async () => {
    const { folder, vault, name } = await withBackups()
    expect(vault.rollback()).toBeNull()
    await addSecret(vault, 'third', 'sk-third')
    await vault.lock()
    cpSync(join(folder, 'backups', name), fileOf(folder))
    const again = await openVault({ folder })
    expect(again.rollback()).toEqual({ generation: 2, newestBackup: 3 })
    await again.unlock({ passphrase })
    expect(again.read().metadata.notes).toEqual(['first'])
    expect(again.rollback()).toEqual({ generation: 2, newestBackup: 3 })
  })

  it('that was changed by another program is replaced only after its file was kept', async () => {
    const { folder, vault } = await withBackups()
    const other = await openVault({ folder })
    await other.unlock({ passphrase })
    await addSecret(other, 'theirs', 'sk-theirs')
    const theirs = readFileSync(fileOf(folder))
    await expect(addSecret(vault, 'ours', 'sk-ours')).rejects.toMatchObject({ code: 'VAULT_CHANGED_ON_DISK' })
    await vault.keepOurs()
    await addSecret(vault, 'ours', 'sk-ours')
    const copies = readdirSync(folder).filter((file) => file.includes('.conflict-'))
    expect(copies.map((file) => readFileSync(join(folder, file)))).toEqual([theirs])
    const again = await openVault({ folder })
    await again.unlock({ passphrase })
    expect(again.read().metadata.notes).toEqual(['first', 'second', 'ours'])
    expect(again.read().generation).toBeGreaterThan(other.read().generation)
  })

  it('that was changed by another program is taken over by locking and unlocking', async () => {
    const { folder, vault } = await withBackups()
    const other = await openVault({ folder })
    await other.unlock({ passphrase })
    await addSecret(other, 'theirs', 'sk-theirs')
    await vault.lock()
    await vault.unlock({ passphrase })
    await addSecret(vault, 'ours', 'sk-ours')
    expect(vault.read().metadata.notes).toEqual(['first', 'second', 'theirs', 'ours'])
  })
})

describe('setting a damaged vault aside', () => {
  it('makes room for a new one and deletes nothing', async () => {
    const { folder } = await withBackups()
    const damaged = damage(folder)
    const vault = await openVault({ folder })
    await vault.unlock({ passphrase }).catch(() => null)
    await vault.setAside()
    expect(vault.status().state).toBe('none')
    const [aside = ''] = readdirSync(folder)
    expect(readFileSync(join(folder, aside, 'vault.keywheel'))).toEqual(damaged)
    expect(readdirSync(join(folder, aside, 'backups'))).toHaveLength(2)
    await vault.create({ protection: 'pass', passphrase })
    expect(vault.read().metadata.notes).toEqual([])
  })

  it('is refused while the vault is open', async () => {
    const { vault } = await withBackups()
    await expect(vault.setAside()).rejects.toMatchObject({ code: 'VAULT_EXISTS' })
  })
})
