import { t } from 'i18next'
import { showDone } from './toast.tsx'

/** Puts a text into the clipboard and says so, or says that the browser would not. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showDone(done)
  } catch {
    // A browser may refuse; what was to be copied stands on the page and can be selected.
    showDone(t('shell:toast.notCopied'))
  }
}
