import { createHash } from 'node:crypto'
import type { Vault } from '../vault/vault.ts'
import type { KeySafe, SafeDraft } from './key-safe.ts'
import type { Catalogue } from './stored-model.ts'

/** The vault as a safe for models: what is kept of them lies in its body, each secret sealed under its key's id. */
export function createVaultSafe(vault: Vault<Catalogue>): KeySafe {
  const isOpen = () => vault.status().state === 'unlocked'
  return {
    origin: 'vault',
    models: () => (isOpen() ? vault.read().metadata.models : []),
    async commit(change) {
      await vault.commit((draft) => {
        const hostsOf = new Map(isOpen() ? vault.secrets().map(({ id, allowedHosts }) => [id, allowedHosts]) : [])
        const changing: SafeDraft = {
          models: draft.metadata.models,
          seal: (recordId, secret, host) => void draft.sealSecret(secret, { recordId, allowedHosts: [host] }),
          allowHost: (ids, host) => {
            for (const id of ids) draft.allowHosts(id, [...new Set([...(hostsOf.get(id) ?? []), host])])
          },
        }
        change(changing)
        draft.metadata = { models: changing.models }
      })
    },
    secret: (key, host) => vault.secretFor(key.id, host),
    // Before there is a vault nothing is kept, so an import can be shown with any fingerprint that tells secrets apart.
    fingerprint: (secret) =>
      vault.status().state === 'none' ? createHash('sha256').update(secret).digest('hex') : vault.fingerprint(secret),
  }
}
