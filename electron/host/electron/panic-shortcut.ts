import type { GlobalShortcut } from 'electron'
import type { DesktopStatus } from '../../../shared/desktop.ts'

/** The system's keys for panic, which no other program sees while they are ours; what the system says of them is kept. */
const accelerator = 'CommandOrControl+Alt+Shift+L'

export const panicKeys = (platform: NodeJS.Platform): string => (platform === 'darwin' ? '⌥⇧⌘L' : 'Ctrl+Alt+Shift+L')

export function createPanicShortcut(
  shortcuts: Pick<GlobalShortcut, 'register' | 'unregister'>,
  platform: NodeJS.Platform,
) {
  let state: DesktopStatus['panicShortcut']['state'] = 'off'
  return {
    status: () => ({ state, keys: panicKeys(platform) }),
    /** What is taken is asked for again whenever it is wanted anew: the other program may have ended. */
    follow(isWanted: boolean, panic: () => void) {
      if (isWanted === (state === 'set')) return
      if (isWanted) state = shortcuts.register(accelerator, panic) ? 'set' : 'taken'
      else {
        if (state === 'set') shortcuts.unregister(accelerator)
        state = 'off'
      }
    },
  }
}
