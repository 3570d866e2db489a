import type { Opener, VaultStatus } from '../../../shared/vault.ts'

/** What a person, or this machine, can open something with. */
export type Way = 'passphrase' | 'kit' | 'protector'

type Known = Pick<VaultStatus, 'protections' | 'offers' | 'kit' | 'canVerify'>

const kept = ['os', 'file'] as const

/** Whether the keychain or key file of this machine can be asked for the vault in use. */
const protectorHere = ({ protections, offers }: Known) =>
  kept.some((kind) => protections.includes(kind) && offers.includes(kind))

const kitWay = ({ kit }: Known): Way[] => (kit === 'none' ? [] : ['kit'])

export const unlockWays = (status: Known): Way[] => [
  ...(status.protections.includes('pass') ? (['passphrase'] as const) : []),
  ...(protectorHere(status) ? (['protector'] as const) : []),
  ...kitWay(status),
]

/** The keychain says nothing about who sits here, so it is asked only where there is nobody else to ask. */
export const interfaceWays = (status: Known): Way[] => [
  status.canVerify ? 'passphrase' : 'protector',
  ...kitWay(status),
]

/** A backup may be older than what opens the vault now, so that everything is offered. */
export const backupWays = ({ offers }: Known): Way[] => [
  'passphrase',
  'kit',
  ...(kept.some((kind) => offers.includes(kind)) ? (['protector'] as const) : []),
]

export function openerOf(way: Way, typed: string): Opener {
  if (way === 'protector') return { protector: true }
  return way === 'kit' ? { kit: typed } : { passphrase: typed }
}
