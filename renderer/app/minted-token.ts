import { create } from 'zustand'
import type { MintedClient } from '../../shared/gateway.ts'
import { useVault } from './vault-store.ts'

/** A client's token is in the page from its making until the person puts it away, and nowhere in it after that. */
export const useMinted = create<{ minted: MintedClient | null }>(() => ({ minted: null }))

export const showMinted = (minted: MintedClient): void => useMinted.setState({ minted })

export const forgetMinted = (): void => useMinted.setState({ minted: null })

// Whichever way the interface or the vault was locked: nobody may be at work any more.
useVault.subscribe(({ status }) => {
  if (status?.interface !== 'open') forgetMinted()
})
