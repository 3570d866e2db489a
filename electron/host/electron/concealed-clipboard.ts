import type { Clipboard as ElectronClipboard, ClipboardItem } from 'electron'
import type { Clipboard } from '../../vault-access/clipboard-loan.ts'

/**
 * What main puts on the clipboard is secret, and says so in the words of each system, so that clipboard histories and
 * their clouds leave it out: nspasteboard.org for macOS, "Cloud Clipboard and Clipboard History Formats" for Windows,
 * and the hint that KDE's Klipper looks for.
 */
type ItemClass = new (contents: Record<string, string | Blob>) => ClipboardItem

const ofSystem = (format: string) => `electron application/osclipboard;format="${format}"`
/** A DWORD of zero. */
const no = () => new Blob([new Uint8Array(4)])

export function concealment(platform: NodeJS.Platform): Record<string, string | Blob> {
  if (platform === 'darwin') return { [ofSystem('org.nspasteboard.ConcealedType')]: 'concealed' }
  if (platform === 'win32') {
    return {
      [ofSystem('ExcludeClipboardContentFromMonitorProcessing')]: no(),
      [ofSystem('CanIncludeInClipboardHistory')]: no(),
      [ofSystem('CanUploadToCloudClipboard')]: no(),
    }
  }
  return { [ofSystem('x-kde-passwordManagerHint')]: 'secret' }
}

export function createConcealedClipboard(
  clipboard: Pick<ElectronClipboard, 'readText' | 'write' | 'clear'>,
  Item: ItemClass,
  platform: NodeJS.Platform,
): Clipboard {
  return {
    read: () => clipboard.readText(),
    write: (text) => clipboard.write([new Item({ 'text/plain': text, ...concealment(platform) })]),
    clear: () => clipboard.clear(),
  }
}
