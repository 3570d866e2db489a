import { create } from 'zustand'
import type { NewVault, Opener, VaultStatus } from '../../shared/vault.ts'
import { runBeforeLock } from './before-lock.ts'
import { client } from './client.ts'

interface VaultStore {
  /** Null until main has answered. Every action shows what main says the vault is now. */
  status: VaultStatus | null
  refresh: () => Promise<void>
  create: (vault: NewVault) => Promise<void>
  unlock: (opener: Opener) => Promise<void>
  lock: () => Promise<void>
  lockInterface: () => Promise<void>
  openInterface: (opener: Opener) => Promise<void>
  /** Shows what a call of main's answered the vault is now. */
  take: (status: Promise<VaultStatus>) => Promise<void>
}

function unlockWith(opener: Opener): Promise<VaultStatus> {
  if ('passphrase' in opener) return client.vault.unlock(opener)
  return 'kit' in opener ? client.vault.unlockWithKit(opener) : client.vault.unlockWithProtector()
}

export const useVault = create<VaultStore>((set) => {
  const take = async (status: Promise<VaultStatus>) => set({ status: await status })
  return {
    status: null,
    refresh: () => take(client.vault.status()),
    create: (vault) => take(client.vault.create(vault)),
    unlock: (opener) => take(unlockWith(opener)),
    lock: () => take(runBeforeLock().then(() => client.vault.lock())),
    lockInterface: () => take(client.vault.lockInterface()),
    openInterface: (opener) => take(client.vault.openInterface(opener)),
    take,
  }
})
