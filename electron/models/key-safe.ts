import type { StoredKey, StoredModel } from './stored-model.ts'

/** A place that keeps models and the secrets of their keys: the vault, or the simulator's memory. */
export interface KeySafe {
  readonly origin: 'vault' | 'simulator'
  /** Models in order, the deleted ones too; empty while the safe cannot be read. */
  models(): readonly StoredModel[]
  /** Applies a change as a whole or not at all; nothing else sees it before it is kept. */
  commit(change: (draft: SafeDraft) => void): Promise<void>
  /** The secret of a key for one host; refuses a host the secret was not saved for. */
  secret(key: StoredKey, host: string): string
  fingerprint(secret: string): string
}

export interface SafeDraft {
  /** A copy, to change or to replace. */
  models: StoredModel[]
  /** Seals a secret under the key's id, for one host. */
  seal(keyId: StoredKey['id'], secret: string, host: string): void
  /** Lets the sealed secrets of these keys go to one more host. */
  allowHost(keyIds: readonly StoredKey['id'][], host: string): void
}
