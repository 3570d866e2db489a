import { t } from 'i18next'
import { showDone } from './toast.tsx'

/** The desktop grants its page no permission, which this older way does not ask for: a person's click is enough. */
function copiedByCommand(text: string): boolean {
  let taken = false
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    taken = event.clipboardData !== null
  }
  document.addEventListener('copy', put, { capture: true, once: true })
  const done = document.execCommand('copy')
  document.removeEventListener('copy', put, { capture: true })
  return done && taken
}

async function isCopied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copiedByCommand(text)
  }
}

/** Puts a text into the clipboard and says so, or says that it could not; it then stands on the page to be selected. */
export async function copyText(text: string, done: string): Promise<boolean> {
  const copied = await isCopied(text)
  showDone(copied ? done : t('shell:toast.notCopied'))
  return copied
}
