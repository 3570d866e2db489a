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
