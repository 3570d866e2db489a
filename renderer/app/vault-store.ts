import { create } from 'zustand'
import type { NewVault, VaultStatus } from '../../shared/vault.ts'
import { client } from './client.ts'

interface VaultStore {
  /** Null until main has answered. Every action shows what main says the vault is now. */
  status: VaultStatus | null
  refresh: () => Promise<void>
  create: (vault: NewVault) => Promise<void>
  unlock: (passphrase: string) => Promise<void>
  lock: () => Promise<void>
}

export const useVault = create<VaultStore>((set) => ({
  status: null,
  refresh: async () => set({ status: await client.vault.status() }),
  create: async (vault) => set({ status: await client.vault.create(vault) }),
  unlock: async (passphrase) => set({ status: await client.vault.unlock({ passphrase }) }),
  lock: async () => set({ status: await client.vault.lock() }),
}))
