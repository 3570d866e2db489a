import type { Protection } from '../../shared/vault.ts'

/** Keeps the key that opens a vault slot somewhere the vault's own folder is not: a keychain, or a 0600 file. */
export interface KeyProtector {
  readonly kind: Exclude<Protection, 'pass'>
  isAvailable(): Promise<boolean>
  /** Keeps 32 random bytes and returns what the vault's slot must remember about them. */
  keep(kek: Uint8Array, vaultId: string): Promise<string>
  /** Gives the bytes back, or null when they cannot be had now. Never deletes anything. */
  recall(remembered: string, vaultId: string): Promise<Uint8Array | null>
  /** Whether what was last recalled should be kept anew: its keeper has another key by now. */
  isStale?(): boolean
}
