import { t } from 'i18next'
import type { AppInfo } from '../../shared/contract.ts'
import { client } from './client.ts'
import { useStart } from './start.ts'
import { showDone } from './toast.tsx'

/** Where main does not reach the clipboard, a click lets the page overwrite it. */
async function emptyClipboard({ canClearClipboard }: Pick<AppInfo, 'canClearClipboard'>): Promise<boolean> {
  if (canClearClipboard) return true
  try {
    await navigator.clipboard.writeText('')
    return true
  } catch {
    return false
  }
}

/** Stops the gateway, locks the vault and empties the clipboard, and says what became of it. */
export async function panic(): Promise<void> {
  const info = useStart.getState().info
  const emptying = info === null ? Promise.resolve(false) : emptyClipboard(info)
  await client.app.panic()
  showDone(t((await emptying) ? 'shell:panic.done' : 'shell:panic.clipboardStays'))
}
