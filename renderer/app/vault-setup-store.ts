import { create } from 'zustand'
import { useVault } from './vault-store.ts'

/** What a person wanted to do that needs a vault first. It goes on by itself once the vault is there. */
interface VaultSetupStore {
  next: (() => void) | null
  /** Does it now when there is a vault, else asks how the vault is to be protected. */
  withVault: (next: () => void) => void
  /** The vault was created. */
  finish: () => void
  cancel: () => void
}

export const useVaultSetup = create<VaultSetupStore>((set, get) => ({
  next: null,
  withVault(next) {
    if (useVault.getState().status?.state === 'none') set({ next })
    else next()
  },
  finish() {
    const { next } = get()
    set({ next: null })
    next?.()
  },
  cancel: () => set({ next: null }),
}))
