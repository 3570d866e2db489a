import * as z from 'zod'
import { AtMs } from './identity.ts'

/** How the vault's data key is protected: the desktop's keychain, a passphrase, or a 0600 file. */
export const Protection = z.enum(['os', 'pass', 'file'])
export type Protection = z.infer<typeof Protection>

/** The vault by itself: whether it is there and open, and what opens it. */
export const VaultState = z.object({
  state: z.enum(['none', 'locked', 'unlocked', 'damaged']),
  protections: z.array(Protection),
  /** What this host can offer for a new vault; the first is preselected. */
  offers: z.array(Protection),
})
export type VaultState = z.infer<typeof VaultState>

export const BackupReason = z.enum(['save', 'import', 'migration', 'restore'])
export type BackupReason = z.infer<typeof BackupReason>

export const VaultStatus = VaultState.extend({
  /**
   * The second lock: while it is closed nothing is revealed, exported or sent elsewhere, and the gateway keeps serving.
   * Closed as well whenever the vault is not open.
   */
  interface: z.enum(['open', 'locked']),
  /** `present`: there is a kit, and only the open vault knows whether the person has confirmed it. */
  kit: z.enum(['none', 'present', 'unconfirmed', 'confirmed']),
  /** Whether there is a passphrase to ask for; without one the keychain or key file opens the interface again. */
  canVerify: z.boolean(),
  /** Set when the file is older than one of its own backups: something put an old copy in its place. */
  rollback: z.object({ generation: z.number().int(), newestBackup: z.number().int() }).nullable(),
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

/** Eight groups of five signs; spaces, hyphens and small letters are forgiven. */
export const Kit = z.string().min(1, 'kit_empty').max(200, 'kit_too_long')

/** What a person opens the vault, the interface or a backup with. */
export const Opener = z.union([
  z.strictObject({ passphrase: z.string().max(1024) }),
  z.strictObject({ kit: Kit }),
  z.strictObject({ protector: z.literal(true) }),
])
export type Opener = z.infer<typeof Opener>

export const BackupName = z.string().min(1).max(200)

export const BackupView = z.object({
  name: BackupName,
  generation: z.number().int(),
  savedAtMs: AtMs,
  /** What it was made before. */
  reason: BackupReason,
  /** Null when the key in use now does not open it: the passphrase, kit or keychain of its time does. */
  contents: z.object({ models: z.number().int(), keys: z.number().int() }).nullable(),
})
export type BackupView = z.infer<typeof BackupView>

export const AuditAction = z.enum([
  'create',
  'unlock',
  'open-interface',
  'reveal',
  'copy',
  'export',
  'import',
  'undo-import',
  'delete',
  'purge',
  'replace-key',
  'change-hosts',
  'change-headers',
  'change-proxy',
  'change-passphrase',
  'change-protection',
  'new-kit',
  'new-data-key',
  'restore',
  'add-client',
  'edit-client',
  'rotate-client',
  'revoke-client',
])
export type AuditAction = z.infer<typeof AuditAction>

export const AuditTrailView = z.object({
  /** Oldest first. The subject is a label, an id or a kind of protection, never a secret. */
  entries: z.array(z.object({ atMs: AtMs, action: AuditAction, subject: z.string() })),
  /** How many older entries have made room. */
  dropped: z.number().int(),
  /** False when an entry was changed or taken out behind the vault's back. */
  isWhole: z.boolean(),
})
export type AuditTrailView = z.infer<typeof AuditTrailView>
