import { describe, expect, it } from 'vitest'
import { Opener } from '../../../shared/vault.ts'
import { backupWays, interfaceWays, openerOf, unlockWays } from '../../../renderer/features/vault/opener-ways.ts'

type Known = Parameters<typeof unlockWays>[0]
const aVault = (about: Partial<Known> = {}): Known => ({
  protections: ['pass'],
  offers: ['pass', 'file'],
  kit: 'none',
  canVerify: true,
  ...about,
})

describe('what a locked vault is opened with', () => {
  it('is the passphrase first, then what this machine keeps, then the kit', () => {
    expect(unlockWays(aVault({ protections: ['file', 'pass'], kit: 'present' }))).toEqual([
      'passphrase',
      'protector',
      'kit',
    ])
  })

  it('is nothing that is not there', () => {
    expect(unlockWays(aVault())).toEqual(['passphrase'])
    expect(unlockWays(aVault({ protections: ['file'] }))).toEqual(['protector'])
  })

  it('is not the keychain of the other host', () => {
    expect(unlockWays(aVault({ protections: ['os'], offers: ['pass', 'file'], kit: 'present' }))).toEqual(['kit'])
    expect(unlockWays(aVault({ protections: ['os'], offers: ['pass', 'file'] }))).toEqual([])
  })
})

describe('what the interface is opened with', () => {
  it('is something that the person knows, wherever there is such a thing', () => {
    expect(interfaceWays(aVault({ protections: ['os', 'pass'], offers: ['os', 'pass'] }))).toEqual(['passphrase'])
    expect(interfaceWays(aVault({ kit: 'confirmed' }))).toEqual(['passphrase', 'kit'])
  })

  it('is what this machine keeps where there is no passphrase', () => {
    expect(interfaceWays(aVault({ protections: ['file'], canVerify: false }))).toEqual(['protector'])
  })
})

describe('what a backup is opened with', () => {
  it('is everything there may have been in its time', () => {
    expect(backupWays(aVault())).toEqual(['passphrase', 'kit', 'protector'])
    expect(backupWays(aVault({ offers: ['pass'] }))).toEqual(['passphrase', 'kit'])
  })
})

describe('what is sent to main', () => {
  it.each(['passphrase', 'kit', 'protector'] as const)('is just one opener by %s, as the contract has it', (way) => {
    const opener = openerOf(way, 'typed')
    expect(Opener.parse(opener)).toEqual(opener)
    expect(Object.keys(opener)).toEqual([way])
  })
})
