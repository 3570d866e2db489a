import type { Protection, VaultStatus } from '../../../shared/vault.ts'

export interface ProtectionRow {
  protection: Protection
  /** Whether the vault has it. */
  present: boolean
  /** Whether this host can use it; the other host may. */
  here: boolean
  /** The last way to open the vault stays, a recovery kit aside: that is for the day when nothing else opens it. */
  removable: boolean
}

const all: readonly Protection[] = ['pass', 'os', 'file']

/** What there is and what could be: a protection that is neither is not spoken of. */
export const protectionRows = ({ protections, offers }: Pick<VaultStatus, 'protections' | 'offers'>): ProtectionRow[] =>
  all
    .map((protection) => ({
      protection,
      present: protections.includes(protection),
      here: protection === 'pass' || offers.includes(protection),
      removable: protections.length > 1,
    }))
    .filter(({ present, here }) => present || here)
