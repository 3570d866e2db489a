import { useId, type ReactNode } from 'react'
import classes from './panel.module.css'

interface PanelProps {
  title: string
  /** What an address calls it, so that it can be gone to. */
  place?: string
  aside?: ReactNode
  children: ReactNode
}

const placeId = (place: string) => `place-${place}`

/** Shows the part of a view that an address names; one that is not there leaves the view as it is. */
export function goToPlace(place: string): void {
  const panel = document.getElementById(placeId(place))
  panel?.scrollIntoView({ block: 'start' })
  panel?.focus({ preventScroll: true })
}

export interface Place {
  place: string
  title: string
}

const places = `[id^="${placeId('')}"]`
const placeIn = ({ id }: Element) => id.slice(placeId('').length)

/** The parts of a view that have an address, from the top. */
export const placesIn = (view: Element): Place[] =>
  [...view.querySelectorAll(places)].map((panel) => ({
    place: placeIn(panel),
    title: panel.querySelector('h2')?.textContent ?? '',
  }))

/** The part that holds an element. */
export function placeAround(element: Element): string | undefined {
  const panel = element.closest(places)
  return panel === null ? undefined : placeIn(panel)
}

/** Where a part begins in the window. */
export const placeTop = (place: string): number =>
  document.getElementById(placeId(place))?.getBoundingClientRect().top ?? 0

/** A titled part of a view. */
export function Panel({ title, place, aside, children }: PanelProps) {
  const id = useId()
  return (
    <section
      className={classes['panel']}
      aria-labelledby={id}
      {...(place === undefined ? {} : { id: placeId(place), tabIndex: -1 })}
    >
      <header className={classes['head']}>
        <h2 className={classes['title']} id={id}>
          {title}
        </h2>
        {aside !== undefined && <div className={classes['aside']}>{aside}</div>}
      </header>
      <div className={classes['body']}>{children}</div>
    </section>
  )
}
