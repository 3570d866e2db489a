import * as z from 'zod'
import { nothing, procedure } from './procedure.ts'
import {
  AuditTrailView,
  BackupName,
  BackupView,
  Kit,
  NewVault,
  Opener,
  Passphrase,
  Protection,
  VaultStatus,
} from './vault.ts'

/** The part of the contract that is about the vault. */
export const vaultContract = {
  status: procedure.output(VaultStatus),
  create: procedure.input(NewVault).output(VaultStatus),
  unlock: procedure.input(z.object({ passphrase: z.string().max(1024) })).output(VaultStatus),
  unlockWithKit: procedure.input(z.object({ kit: Kit })).output(VaultStatus),
  /** By the keychain or key file of this host. */
  unlockWithProtector: procedure.output(VaultStatus),
  /** Drops the data key: the gateway answers `vault_locked` until the vault is open again. */
  lock: procedure.output(VaultStatus),
  lockInterface: procedure.output(VaultStatus),
  /** With `protector` only where there is no passphrase. */
  openInterface: procedure.input(Opener).output(VaultStatus),
  /** The page tells that a person is at work, so that the idle time starts anew. */
  activity: procedure.output(nothing),
  changePassphrase: procedure.input(z.object({ passphrase: Passphrase })).output(VaultStatus),
  /** A passphrase is added by `changePassphrase`. */
  addProtection: procedure.input(z.object({ protection: Protection.exclude(['pass']) })).output(VaultStatus),
  removeProtection: procedure.input(z.object({ protection: Protection })).output(VaultStatus),
  /** A new kit, given out once; the one before it no longer opens the vault. */
  createKit: procedure.output(z.object({ kit: z.string() })),
  /** Groups of the kit that was just made, typed back; places count from 0. WRONG_KIT when one is not right. */
  confirmKit: procedure
    .input(
      z.object({
        groups: z
          .array(z.object({ place: z.number().int().min(0).max(7), group: z.string().max(20) }))
          .min(1)
          .max(8),
      }),
    )
    .output(VaultStatus),
  /** A new data key and kit for one who may have had the vault; backups from before keep the old ones. */
  replaceDataKey: procedure
    .input(z.object({ passphrase: Passphrase.nullable() }))
    .output(z.object({ kit: z.string() })),
  /** Newest first; also while the vault is locked, missing or damaged. */
  backups: procedure.output(z.array(BackupView)),
  /** Opens a backup to say what it holds; changes nothing. */
  inspectBackup: procedure.input(z.object({ name: BackupName, opener: Opener })).output(BackupView),
  /** Puts a backup in the vault's place; what was there stays as a backup. */
  restoreBackup: procedure.input(z.object({ name: BackupName, opener: Opener })).output(VaultStatus),
  removeBackup: procedure.input(z.object({ name: BackupName })).output(nothing),
  auditTrail: procedure.output(AuditTrailView),
  /** After VAULT_CHANGED_ON_DISK: keeps the other file beside and saves what is open here. */
  keepOurs: procedure.output(VaultStatus),
  /** Moves a damaged vault and its backups into a folder beside, so that a new one can be created. */
  setAside: procedure.output(VaultStatus),
}
