import { describe, expect, it } from 'vitest'
import { NewVault } from '../../../shared/vault.ts'
import { passphraseStrength } from '../../../renderer/features/vault/passphrase-strength.ts'
import {
  asksForKit,
  errorsOf,
  newVaultOf,
  type ProtectionChoice,
} from '../../../renderer/features/vault/protection-choice.ts'

const chosen = (passphrase: string, again = passphrase): ProtectionChoice => ({
  protection: 'pass',
  withKit: true,
  withPassphrase: false,
  passphrase,
  again,
})

describe('the choice of a protection', () => {
  it('asks for twelve characters, typed twice the same', () => {
    expect(errorsOf(chosen('elevenchars'))).toMatchObject({ passphrase: 'passphrase_too_short' })
    expect(errorsOf(chosen('x'.repeat(1025)))).toMatchObject({ passphrase: 'passphrase_too_long' })
    expect(errorsOf(chosen('twelve chars', 'twelve charz'))).toEqual({ passphrase: null, differs: true })
    expect(errorsOf(chosen('twelve chars'))).toEqual({ passphrase: null, differs: false })
  })

  it('draws the line where main draws it', () => {
    for (const length of [0, 11, 12, 1024, 1025]) {
      const choice = chosen('x'.repeat(length))
      expect(errorsOf(choice).passphrase === null).toBe(NewVault.safeParse(newVaultOf(choice)).success)
    }
  })

  it('asks nothing for a keychain or a file, and sends no passphrase typed before', () => {
    const choice = { ...chosen('left over'), protection: 'file' as const }
    expect(errorsOf(choice)).toEqual({ passphrase: null, differs: false })
    expect(newVaultOf(choice)).toEqual({ protection: 'file' })
  })

  it('asks for the passphrase that is wanted beside a keychain or a file', () => {
    const choice = { ...chosen('twelve chars', 'twelve charz'), protection: 'os' as const, withPassphrase: true }
    expect(errorsOf(choice)).toEqual({ passphrase: null, differs: true })
    const whole = { ...choice, again: choice.passphrase }
    expect(errorsOf(whole)).toEqual({ passphrase: null, differs: false })
    expect(newVaultOf(whole)).toEqual({ protection: 'os', passphrase: 'twelve chars' })
    expect(NewVault.safeParse(newVaultOf(whole)).success).toBe(true)
  })

  it('makes a kit at once only where the machine opens the vault by itself', () => {
    expect(asksForKit({ protection: 'os', withKit: true })).toBe(true)
    expect(asksForKit({ protection: 'file', withKit: false })).toBe(false)
    expect(asksForKit({ protection: 'pass', withKit: true })).toBe(false)
  })
})

describe("the hint at a passphrase's strength", () => {
  it.each([
    ['password', 'short'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['abcdefghijklmnop', 'weak'],
    ['zyxwvutsrqponmlk', 'weak'],
    ['qwertyuiopas', 'weak'],
    ['plumbus-chair', 'fair'],
    ['correct horse battery staple', 'strong'],
    ['Tr0ub4dor&3-and-more', 'strong'],
    ['正确的马电池订书钉一二三四', 'strong'],
  ] as const)('takes %j for %s', (passphrase, strength) => {
    expect(passphraseStrength(passphrase)).toBe(strength)
  })
})
