import { useEffect, useState, type MouseEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { contentId } from '../../app/content-focus.ts'
import { hrefOf, replaceRoute } from '../../app/router.ts'
import { goToPlace, placeAround, placesIn, placeTop, type Place } from '../../ui/panel.tsx'
import { readIndex } from './reading.ts'
import classes from './settings-index.module.css'

type View = RefObject<HTMLElement | null>

const isSame = (some: readonly Place[], others: readonly Place[]) => JSON.stringify(some) === JSON.stringify(others)

/** The parts that are there now: some come and go with the vault, and all have their names in the page's language. */
function usePlaces(view: View): readonly Place[] {
  const [places, setPlaces] = useState<readonly Place[]>([])
  useEffect(() => {
    const root = view.current
    if (root === null) return undefined
    const read = () => {
      const now = placesIn(root)
      setPlaces((before) => (isSame(before, now) ? before : now))
    }
    read()
    const observer = new MutationObserver(read)
    observer.observe(root, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [view])
  return places
}

function placeInSight(root: Element, scroller: Element): string {
  const { scrollTop: top, clientHeight: height, scrollHeight: length } = scroller
  const beginning = scroller.getBoundingClientRect().top - top
  const sections = placesIn(root)
  const tops = sections.map(({ place }) => placeTop(place) - beginning)
  return sections[readIndex(tops, { top, height, length })]?.place ?? ''
}

/** The part that is being read: the one that was gone to, or that has the focus, until the page is scrolled. */
function useReading(view: View): string {
  const [current, setCurrent] = useState('')
  useEffect(() => {
    const root = view.current
    const scroller = root?.closest(`#${contentId}`)
    if (!root || !scroller) return undefined
    let held: { place: string; top: number } | null = null
    const follow = () => {
      if (held !== null && Math.abs(scroller.scrollTop - held.top) > 1) held = null
      setCurrent(held?.place ?? placeInSight(root, scroller))
    }
    const hold = ({ target }: FocusEvent) => {
      const place = target instanceof Element ? placeAround(target) : undefined
      if (place === undefined) return
      // By then the page has been scrolled to what got the focus.
      requestAnimationFrame(() => {
        held = { place, top: scroller.scrollTop }
        follow()
      })
    }
    const resized = new ResizeObserver(follow)
    resized.observe(root)
    scroller.addEventListener('scroll', follow, { passive: true })
    root.addEventListener('focusin', hold)
    return () => {
      resized.disconnect()
      scroller.removeEventListener('scroll', follow)
      root.removeEventListener('focusin', hold)
    }
  }, [view])
  return current
}

const isPlainClick = (event: MouseEvent) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)

/** What there is in the settings; it stays beside them, and marks what is being read. */
export function SettingsIndex({ view }: { view: View }) {
  const { t } = useTranslation('settings')
  const places = usePlaces(view)
  const current = useReading(view)
  /** Within the page: there is nothing to go back to, and nothing that was begun is left. */
  const go = (place: string) => {
    replaceRoute('settings', place)
    goToPlace(place)
  }
  return (
    <nav className={classes['index']} aria-label={t('index.name')}>
      <ul>
        {places.map(({ place, title }) => (
          <li key={place}>
            <a
              href={hrefOf('settings', place)}
              aria-label={t('index.goTo', { title })}
              aria-current={place === current ? 'location' : undefined}
              onClick={(event) => {
                if (!isPlainClick(event)) return
                event.preventDefault()
                go(place)
              }}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
