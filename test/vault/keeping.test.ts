import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { aKeychain, aVault, openVault, passphrase } from './vault-builder.ts'

const newPassphrase = 'another horse, another battery'
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error)

/** How a start with this secret ends. */
async function opening(folder: string, by: { passphrase: string } | { kit: string }) {
  const vault = await openVault({ folder })
  const done = 'kit' in by ? vault.unlockWithKit(by) : vault.unlock(by)
  return done.then(() => vault.secretOf('first')).catch(codeOf)
}

describe('changing the passphrase', () => {
  it('lets the new one in and the old one out, and keeps every secret', async () => {
    const folder = temporaryFolder()
    const vault = await aVault({ folder })
    await vault.changePassphrase({ passphrase: newPassphrase })
    expect(await opening(folder, { passphrase })).toBe('WRONG_PASSPHRASE')
    expect(await opening(folder, { passphrase: newPassphrase })).toBe('sk-first-secret-0123456789')
  })

  it('gives one to a vault that had only the keychain', async () => {
    const folder = temporaryFolder()
    const vault = await openVault({ folder, protectors: [aKeychain()] })
    await vault.create({ protection: 'os' })
    await vault.changePassphrase({ passphrase })
    expect(vault.status().protections).toEqual(['os', 'pass'])
    const elsewhere = await openVault({ folder })
    await elsewhere.unlock({ passphrase })
    expect(elsewhere.status()).toMatchObject({ state: 'unlocked', protections: ['os', 'pass'] })
  })

  it('is asked for again before a reveal, in an open vault', async () => {
    const vault = await aVault({ folder: temporaryFolder() })
    await vault.verify({ passphrase })
    await expect(vault.verify({ passphrase: newPassphrase })).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
    expect(vault.status().state).toBe('unlocked')
  })
})

describe('the keychain', () => {
  it('is added, and repaired with the slot that no longer opens kept', async () => {
    const folder = temporaryFolder()
    const keychain = aKeychain()
    const vault = await aVault({ folder, protectors: [keychain] })
    await vault.addProtector('os')
    const lost = new Map(keychain.kept)
    keychain.kept.clear()
    keychain.kept.set('other', new Uint8Array(32))
    await vault.addProtector('os')
    const again = await openVault({ folder, protectors: [keychain] })
    expect(await again.unlockWithProtector()).toBe(true)
    // The keychain of before comes back: its slot was never deleted.
    keychain.kept.clear()
    for (const [name, kek] of lost) keychain.kept.set(name, kek)
    const restored = await openVault({ folder, protectors: [keychain] })
    expect(await restored.unlockWithProtector()).toBe(true)
  })

  it('of another host stays through everything that this host changes', async () => {
    const folder = temporaryFolder()
    const keychain = aKeychain()
    await (await openVault({ folder, protectors: [keychain] })).create({ protection: 'os', passphrase })
    const here = await openVault({ folder, protectors: [aKeychain('file')] })
    await here.unlock({ passphrase })
    await here.addProtector('file')
    await here.changePassphrase({ passphrase: newPassphrase })
    await here.createKit()
    const there = await openVault({ folder, protectors: [keychain] })
    expect(await there.unlockWithProtector()).toBe(true)
    expect(there.status().protections).toEqual(['os', 'pass', 'file'])
  })

  it('that gives another key than it was given is no protection', async () => {
    const folder = temporaryFolder()
    const lying = { ...aKeychain(), recall: () => Promise.resolve(new Uint8Array(32)) }
    const vault = await aVault({ folder, protectors: [lying] })
    await expect(vault.addProtector('os')).rejects.toMatchObject({ code: 'PROTECTION_UNAVAILABLE' })
    expect(vault.status().protections).toEqual(['pass'])
  })

  it('can be taken away, but not as the last way in beside the kit', async () => {
    const vault = await aVault({ folder: temporaryFolder(), protectors: [aKeychain()] })
    await vault.addProtector('os')
    await vault.createKit()
    await vault.removeProtection('os')
    expect(vault.status().protections).toEqual(['pass'])
    await expect(vault.removeProtection('pass')).rejects.toMatchObject({ code: 'LAST_PROTECTION' })
    expect(vault.status().protections).toEqual(['pass'])
  })
})

describe('the recovery kit', () => {
  it('opens the vault when the passphrase is forgotten', async () => {
    const folder = temporaryFolder()
    const vault = await aVault({ folder })
    expect(vault.kit()).toBe('none')
    const kit = await vault.createKit()
    expect(kit).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){7}[0-9A-HJKMNP-TV-Z]{5}$/)
    expect(await opening(folder, { kit: kit.toLowerCase().replaceAll('-', ' ') })).toBe('sk-first-secret-0123456789')
  })

  it('is confirmed by two of its groups, and reminded of until then', async () => {
    const folder = temporaryFolder()
    const vault = await aVault({ folder })
    const groups = (await vault.createKit()).split('-')
    const typed = [1, 6].map((place) => ({ place, group: (groups[place] ?? '').toLowerCase() }))
    expect(vault.kit()).toBe('unconfirmed')
    expect(await vault.confirmKit([{ place: 1, group: groups[2] ?? '' }])).toBe(false)
    expect(await vault.confirmKit([])).toBe(false)
    expect(vault.kit()).toBe('unconfirmed')
    expect(await vault.confirmKit(typed)).toBe(true)
    const again = await openVault({ folder })
    await again.unlock({ passphrase })
    expect(again.kit()).toBe('confirmed')
  })

  it('made anew takes the place of the one before', async () => {
    const folder = temporaryFolder()
    const vault = await aVault({ folder })
    const first = await vault.createKit()
    const second = await vault.createKit()
    expect(await opening(folder, { kit: first })).toBe('WRONG_KIT')
    expect(await opening(folder, { kit: second })).toBe('sk-first-secret-0123456789')
  })

  it('that was never made is said to be absent, not wrong', async () => {
    const folder = temporaryFolder()
    await aVault({ folder })
    expect(await opening(folder, { kit: 'anything' })).toBe('PROTECTION_UNAVAILABLE')
  })
})

describe('a new data key, for one whose vault may have been copied', () => {
  it('keeps secrets, fingerprints known by secret, and the audit list, and gives a new kit', async () => {
    const folder = temporaryFolder()
    const vault = await aVault({ folder })
    const oldKit = await vault.createKit()
    const oldFingerprint = vault.fingerprint('sk-first-secret-0123456789')
    const { kit } = await vault.replaceDataKey({ passphrase: newPassphrase })
    expect(vault.fingerprint('sk-first-secret-0123456789')).not.toBe(oldFingerprint)
    expect(vault.secrets()[0]?.fp).toBe(vault.fingerprint('sk-first-secret-0123456789'))
    expect(vault.auditTrail().isWhole).toBe(true)
    expect(vault.auditTrail().entries.at(-1)?.action).toBe('new-data-key')
    expect(await opening(folder, { passphrase })).toBe('WRONG_PASSPHRASE')
    expect(await opening(folder, { kit: oldKit })).toBe('WRONG_KIT')
    expect(await opening(folder, { passphrase: newPassphrase })).toBe('sk-first-secret-0123456789')
    expect(await opening(folder, { kit })).toBe('sk-first-secret-0123456789')
  })

  it('shares nothing with the old one: a thief who knows it reads no later save', async () => {
    const folder = temporaryFolder()
    const vault = await aVault({ folder })
    const stolen = readFileSync(join(folder, 'vault.keywheel'))
    await vault.replaceDataKey({ passphrase: newPassphrase })
    const after = readFileSync(join(folder, 'vault.keywheel'))
    const thief = temporaryFolder()
    writeFileSync(join(thief, 'vault.keywheel'), stolen)
    expect(await opening(thief, { passphrase })).toBe('sk-first-secret-0123456789')
    // The old slots in front of the new body.
    const head = 16 + stolen.readUInt32BE(12)
    writeFileSync(
      join(thief, 'vault.keywheel'),
      Buffer.concat([stolen.subarray(0, head), after.subarray(16 + after.readUInt32BE(12))]),
    )
    expect(await opening(thief, { passphrase })).toBe('VAULT_DAMAGED')
  })

  it('is refused when nothing but a kit would open it', async () => {
    const vault = await aVault({ folder: temporaryFolder() })
    await expect(vault.replaceDataKey({})).rejects.toMatchObject({ code: 'PROTECTION_UNAVAILABLE' })
    expect(vault.secretOf('first')).toBe('sk-first-secret-0123456789')
  })

  it('keeps the keychain of this host in use', async () => {
    const folder = temporaryFolder()
    const keychain = aKeychain()
    const vault = await openVault({ folder, protectors: [keychain] })
    await vault.create({ protection: 'os' })
    await vault.replaceDataKey({})
    const again = await openVault({ folder, protectors: [keychain] })
    expect(await again.unlockWithProtector()).toBe(true)
  })
})
