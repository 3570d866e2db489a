import { create } from 'zustand'
import { client } from './client.ts'
import { useVault } from './vault-store.ts'

/**
 * The recovery kit while it is on the screen. `confirming` asks for two groups of a kit that was shown before; the text
 * of it is then on paper only.
 */
type KitStep = { at: 'shown'; kit: string } | { at: 'confirming' }

export const useKit = create<{ step: KitStep | null }>(() => ({ step: null }))

/** Shows a kit that main has just made. */
export const showKit = (kit: string): void => useKit.setState({ step: { at: 'shown', kit } })

export const confirmKit = (): void => useKit.setState({ step: { at: 'confirming' } })

/** After this the kit is nowhere in the page. */
export const closeKit = (): void => useKit.setState({ step: null })

/** Makes a new kit and shows it; the one before it opens nothing any more. */
export async function makeKit(): Promise<void> {
  const { kit } = await client.vault.createKit()
  showKit(kit)
  await useVault.getState().refresh()
}
