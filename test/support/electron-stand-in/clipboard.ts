import type { Clipboard } from 'electron'
import { report } from './report.ts'
import { strict } from './strict.ts'

/**
 * Electron's documentation, clipboard and ClipboardItem, as far as text and formats of the system go. It is this
 * process's own, not the system's; the names of what is written are reported, not the content.
 */
type Imitated = Pick<Clipboard, 'readText' | 'clear'> & { write(items: readonly ClipboardItem[]): Promise<void> }

export class ClipboardItem {
  readonly contents: Readonly<Record<string, string | Blob>>

  constructor(contents: Record<string, string | Blob>) {
    this.contents = contents
  }

  get types(): string[] {
    return Object.keys(this.contents)
  }
}

let held = ''

export const clipboard: Imitated = strict('clipboard', {
  readText: async () => held,
  async write(items: readonly ClipboardItem[]) {
    const [item] = items
    const text = item?.contents['text/plain']
    if (typeof text !== 'string') throw new TypeError('The stand-in imitates a clipboard of text')
    held = text
    report({ event: 'clipboard', formats: item?.types ?? [] })
  },
  clear() {
    held = ''
  },
})
