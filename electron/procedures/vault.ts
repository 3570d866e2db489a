import type { NewVault, VaultStatus } from '../../shared/vault.ts'
import type { Implementer } from './implementer.ts'

export interface VaultServices {
  vaultAccess: {
    status: () => Promise<VaultStatus>
    create: (vault: NewVault) => Promise<void>
    unlock: (passphrase: string) => Promise<void>
    lock: () => Promise<void>
  }
}

export function vaultProcedures(os: Implementer, { vaultAccess }: VaultServices) {
  const thenStatus = async (work: Promise<void>) => {
    await work
    return vaultAccess.status()
  }
  return {
    vault: {
      status: os.vault.status.handler(() => vaultAccess.status()),
      create: os.vault.create.handler(({ input }) => thenStatus(vaultAccess.create(input))),
      unlock: os.vault.unlock.handler(({ input }) => thenStatus(vaultAccess.unlock(input.passphrase))),
      lock: os.vault.lock.handler(() => thenStatus(vaultAccess.lock())),
    },
  }
}
