import { randomBytes } from 'node:crypto'
import type { Vault } from './vault.ts'

const recordId = 'key-of-kept-files'

/**
 * The key for what is kept of a person's files outside the vault. It lies in the vault as a record that may go to no
 * host, so that a new data key of the vault does not make those files unreadable.
 */
export function createFilesKey(vault: Pick<Vault<unknown>, 'commit' | 'secretInfo' | 'secretOf'>) {
  return async (): Promise<Buffer> => {
    if (vault.secretInfo(recordId) === undefined) {
      await vault.commit(
        (draft) => {
          if (draft.fingerprintOf(recordId) !== undefined) return
          draft.sealSecret(randomBytes(32).toString('base64url'), { recordId, allowedHosts: [] })
        },
        { backup: null },
      )
    }
    return Buffer.from(vault.secretOf(recordId), 'base64url')
  }
}
