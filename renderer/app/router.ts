import { useSyncExternalStore } from 'react'
import { mayLeave } from '../ui/unsaved.ts'
import { hrefOf, parseRoute, type Route, type ViewName } from './route.ts'

export { hrefOf, logPlace, viewNames, type Route, type ViewName } from './route.ts'

/** The address that is shown: the window's own is another one while it is asked whether to go there. */
let shown: string | null = null

const shownHash = (): string => (shown ??= window.location.hash)

export function navigate(view: ViewName, id = ''): void {
  window.location.hash = hrefOf(view, id)
  shown = window.location.hash
}

export const currentRoute = (): Route => parseRoute(shownHash())

/** A link, and the browser's own way back, ask first what is unsaved; to go there again is the answer. */
export function guardRoutes(): void {
  const follow = (event: HashChangeEvent) => {
    if (window.location.hash === shownHash()) return
    if (mayLeave()) {
      shown = window.location.hash
      return
    }
    event.stopImmediatePropagation()
    window.history.pushState(null, '', shownHash() || '#/')
  }
  window.addEventListener('hashchange', follow, { capture: true })
}

/** Goes on in the same place of the history: what was closed is not opened again by going back. */
export function replaceRoute(view: ViewName, id = ''): void {
  window.history.replaceState(window.history.state, '', hrefOf(view, id))
  shown = window.location.hash
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, shownHash)
  return parseRoute(hash)
}
