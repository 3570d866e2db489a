import type { AuditAction } from '../../../shared/vault.ts'
import type { Catalogue } from '../../models/stored-model.ts'
import type { Vault } from '../../vault/vault.ts'
import type { StoredClient } from '../../models/stored-client.ts'

export type ReadClients =
  | { readonly kind: 'open'; readonly clients: readonly StoredClient[] }
  /** Locked or damaged: what was read before still holds. */
  | { readonly kind: 'closed' }
  /** There is no vault, and so nobody. */
  | { readonly kind: 'none' }

/** Where clients are kept. */
export interface ClientStore {
  read(): ReadClients
  /** Keeps the changed list, and notes what was done to whom; null where that is noted already. */
  keep(
    note: { action: AuditAction; subject: string } | null,
    change: (clients: readonly StoredClient[]) => StoredClient[],
  ): Promise<void>
}

/** Clients lie in the vault's body, beside the models; what is done to them stands in its list of what was done. */
export function createClientStore(vault: Vault<Catalogue>): ClientStore {
  return {
    read() {
      const { state } = vault.status()
      if (state === 'unlocked') return { kind: 'open', clients: vault.read().metadata.clients }
      return { kind: state === 'none' ? 'none' : 'closed' }
    },
    async keep(note, change) {
      await vault.commit((draft) => {
        draft.metadata = { ...draft.metadata, clients: change(draft.metadata.clients) }
        if (note) draft.audit(note)
      })
    },
  }
}
