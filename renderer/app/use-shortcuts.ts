import { useEffect } from 'react'
import { navigate } from './router.ts'
import { isTyping, viewLetters } from './shortcut-keys.ts'
import { openPalette } from './palette-store.ts'
import { openShortcuts } from './shortcuts-store.ts'
import { undoLast } from './toast.tsx'
import { closeOnlyTheTop } from './stacked-dialogs.ts'
import { mayLeave } from '../ui/unsaved.ts'

const secondKeyWithinMs = 1_000

const isViewLetter = (key: string): key is keyof typeof viewLetters => Object.hasOwn(viewLetters, key)

/** Ctrl/⌘ K opens the palette, from anywhere; Ctrl/⌘ Z takes back the last change; `?` lists the shortcuts; `g` and then a letter goes to a view. A modal dialogue keeps its keys to itself. */
export function useGlobalShortcuts(): void {
  useEffect(() => {
    let waitingUntilMs = 0
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        return openPalette()
      }
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z'
      const isFree = !isTyping(event.target) && document.querySelector('[aria-modal="true"]') === null
      if (isUndo && isFree) {
        event.preventDefault()
        return undoLast()
      }
      const modified = event.ctrlKey || event.metaKey || event.altKey
      if (event.defaultPrevented || modified || !isFree) return
      if (event.key === '?') openShortcuts()
      else if (event.timeStamp < waitingUntilMs && isViewLetter(event.key) && mayLeave())
        navigate(viewLetters[event.key])
      waitingUntilMs = event.key === 'g' ? event.timeStamp + secondKeyWithinMs : 0
    }
    window.addEventListener('keydown', closeOnlyTheTop, { capture: true })
    window.addEventListener('keydown', press)
    return () => {
      window.removeEventListener('keydown', closeOnlyTheTop, { capture: true })
      window.removeEventListener('keydown', press)
    }
  }, [])
}
