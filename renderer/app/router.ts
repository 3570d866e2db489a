import { useSyncExternalStore } from 'react'
import { isUnsaved, mayLeave } from '../ui/unsaved.ts'
import { hrefOf, parseRoute, type Route, type ViewName } from './route.ts'

export { hrefOf, logPlace, viewNames, type Route, type ViewName } from './route.ts'

/** The address that is shown: the window's own is another one while it is asked whether to go there. */
let shown: string | null = null

const shownHash = (): string => (shown ??= window.location.hash)

export function navigate(view: ViewName, id = ''): void {
  window.location.hash = hrefOf(view, id)
  shown = window.location.hash
}

/**
 * For what leads elsewhere only once it is done. Whoever has gone on by then, or has begun something here, is not called
 * away from it.
 */
export function fromHere(): typeof navigate {
  const before = shownHash()
  return (view, id) => {
    if (shownHash() === before && !isUnsaved()) navigate(view, id)
  }
}

export const currentRoute = (): Route => parseRoute(shownHash())

const placeIn = (state: unknown): number | undefined =>
  typeof state === 'object' && state !== null && 'place' in state && typeof state.place === 'number'
    ? state.place
    : undefined

/** Where the shown page is among those that were gone through: each keeps its number, and one without is new. */
function createPlaces(history: History) {
  const known = () => placeIn(history.state)
  let shownPlace = 0
  const settle = () => {
    const place = known()
    shownPlace = place ?? shownPlace + 1
    if (place === undefined) history.replaceState({ place: shownPlace }, '')
  }
  settle()
  return {
    settle,
    /** Back to the shown page, wherever in the history the refused one is, so that nothing of it is left behind. */
    goBack() {
      const steps = shownPlace - (known() ?? shownPlace + 1)
      // No step at all would load the page anew.
      if (steps === 0) history.replaceState(history.state, '', shownHash() || '#/')
      else history.go(steps)
    },
  }
}

/** A link, and the browser's own way back, ask first what is unsaved; to go there again is the answer. */
export function guardRoutes(): void {
  const places = createPlaces(window.history)
  const follow = (event: HashChangeEvent) => {
    if (window.location.hash !== shownHash() && !mayLeave()) {
      event.stopImmediatePropagation()
      places.goBack()
      return
    }
    shown = window.location.hash
    places.settle()
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
