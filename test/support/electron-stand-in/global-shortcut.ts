import type { GlobalShortcut } from 'electron'
import { onCommand } from './command.ts'
import { strict } from './strict.ts'

/**
 * Electron's documentation, globalShortcut: a test presses the keys. KEYWHEEL_STAND_IN_TAKEN names keys that another
 * program has, which the system then refuses.
 */
const registered = new Map<string, () => void>()

export const globalShortcut: Pick<GlobalShortcut, 'register' | 'unregister'> = strict('globalShortcut', {
  register(accelerator: string, press: () => void) {
    if (process.env['KEYWHEEL_STAND_IN_TAKEN'] === accelerator) return false
    registered.set(accelerator, press)
    onCommand('shortcut', (keys) => registered.get(keys)?.())
    return true
  },
  unregister: (accelerator: string) => void registered.delete(accelerator),
})
