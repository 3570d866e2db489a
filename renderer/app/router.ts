import { useSyncExternalStore } from 'react'
import { hrefOf, parseRoute, type Route, type ViewName } from './route.ts'

export { hrefOf, logPlace, viewNames, type Route, type ViewName } from './route.ts'

export function navigate(view: ViewName, id = ''): void {
  window.location.hash = hrefOf(view, id)
}

export const currentRoute = (): Route => parseRoute(window.location.hash)

/** Goes on in the same place of the history: what was closed is not opened again by going back. */
export function replaceRoute(view: ViewName, id = ''): void {
  window.history.replaceState(window.history.state, '', hrefOf(view, id))
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  return parseRoute(hash)
}
