import type { Clipboard } from 'electron'
import { strict } from './strict.ts'

/** Electron's documentation, clipboard, as far as text goes. It is this process's own, not the system's. */
type Imitated = Pick<Clipboard, 'readText' | 'writeText' | 'clear'>

let held = ''

export const clipboard: Imitated = strict('clipboard', {
  readText: async () => held,
  async writeText(text: string) {
    held = text
  },
  clear() {
    held = ''
  },
})
