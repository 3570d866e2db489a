import * as z from 'zod'

/** How the vault's data key is protected: the desktop's keychain, a passphrase, or a 0600 file. */
export const Protection = z.enum(['os', 'pass', 'file'])
export type Protection = z.infer<typeof Protection>

export const VaultStatus = z.object({
  state: z.enum(['none', 'locked', 'unlocked', 'damaged']),
  protections: z.array(Protection),
  /** What this host can offer for a new vault; the first is preselected. */
  offers: z.array(Protection),
})
export type VaultStatus = z.infer<typeof VaultStatus>

/** NFKC, not trimmed, at least 12 characters; no upper limit below 1 KiB. */
export const Passphrase = z.string().min(12, 'passphrase_too_short').max(1024, 'passphrase_too_long')

export const NewVault = z.discriminatedUnion('protection', [
  // With a passphrase as well, the vault opens where that keychain or file is not.
  z.object({ protection: z.literal('os'), passphrase: Passphrase.optional() }),
  z.object({ protection: z.literal('pass'), passphrase: Passphrase }),
  z.object({ protection: z.literal('file'), passphrase: Passphrase.optional() }),
])
export type NewVault = z.infer<typeof NewVault>
