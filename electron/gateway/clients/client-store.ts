import type { AuditAction } from '../../../shared/vault.ts'
import type { Catalogue } from '../../models/stored-model.ts'
import type { Vault } from '../../vault/vault.ts'
import type { StoredClient } from './stored-client.ts'

/** Where clients are kept. */
export interface ClientStore {
  /** Null while the vault is locked: what was read before still holds. */
  read(): readonly StoredClient[] | null
  /** Keeps the changed list, and notes what was done to whom. */
  keep(
    note: { action: AuditAction; subject: string },
    change: (clients: readonly StoredClient[]) => StoredClient[],
  ): Promise<void>
}

/** Clients lie in the vault's body, beside the models; what is done to them stands in its list of what was done. */
export function createClientStore(vault: Vault<Catalogue>): ClientStore {
  return {
    read() {
      const { state } = vault.status()
      if (state === 'locked') return null
      return state === 'unlocked' ? vault.read().metadata.clients : []
    },
    async keep(note, change) {
      await vault.commit((draft) => {
        draft.metadata = { ...draft.metadata, clients: change(draft.metadata.clients) }
        draft.audit(note)
      })
    },
  }
}
