import { create } from 'zustand'

/** Whether the list of shortcuts is open; the palette and the `?` key both open it. */
export const useShortcuts = create<{ opened: boolean }>(() => ({ opened: false }))

export const openShortcuts = (): void => useShortcuts.setState({ opened: true })
export const closeShortcuts = (): void => useShortcuts.setState({ opened: false })
