import type { AuditAction, BackupReason } from '../../shared/vault.ts'
import type { LastImport, StoredHeader, StoredKey, StoredModel } from './stored-model.ts'

/** Under what a secret is kept: a key's, or the value of a header. */
export type SecretId = StoredKey['id'] | StoredHeader['id']

/** A place that keeps models and the secrets of their keys: the vault, or the simulator's memory. */
export interface KeySafe {
  readonly origin: 'vault' | 'simulator'
  /** Models in order, the deleted ones too; empty while the safe cannot be read. */
  models(): readonly StoredModel[]
  /** What the last import changed, while it can be undone. */
  lastImport(): LastImport | null
  /** Applies a change as a whole or not at all; nothing else sees it before it is kept. */
  commit(change: (draft: SafeDraft) => void, options?: { backup: BackupReason | null }): Promise<void>
  /** A secret for one host; refuses a host the secret was not saved for. */
  secret(kept: { readonly id: SecretId }, host: string): string
  /** Equal for equal secrets in this safe, as long as the safe keeps its own key; says nothing else about them. */
  readonly fingerprint: (secret: string) => string
  /** The fingerprint of the secret that is kept for a key; none when none is. */
  readonly fingerprintOf: (id: SecretId) => string | undefined
}

export interface SafeDraft {
  /** A copy, to change or to replace. */
  models: StoredModel[]
  lastImport: LastImport | null
  /** Seals a secret under the key's id, for one host. */
  seal(id: SecretId, secret: string, host: string): void
  /** Lets the sealed secrets of these keys go to one more host. */
  allowHost(ids: readonly SecretId[], host: string): void
  /** Takes that back: the sealed secrets of these keys may go to this host no more. */
  disallowHost(ids: readonly SecretId[], host: string): void
  /** Whether the sealed secret of a key may go to a host. */
  mayGoTo(id: SecretId, host: string): boolean
  /** Where any kept secret of this fingerprint may go. */
  hostsOf(fingerprint: string): readonly string[]
  readonly fingerprintOf: (id: SecretId) => string | undefined
  /** Keeps a copy of the secret as the one that is being replaced. */
  keepReplaced(id: SecretId): void
  /** Puts the replaced secret back in its place. */
  restoreReplaced(id: SecretId): void
  forgetReplaced(id: SecretId): void
  /** Forgets every secret of a key for good. */
  forget(id: SecretId): void
  /** Adds to the list of what was done, where the safe keeps one. */
  note(action: AuditAction, subject: string): void
}
