import type { ReactNode } from 'react'
import classes from './chips.module.css'

/** Short names side by side, such as those of keys. Two may look alike, and the list is never reordered. */
export function Chips({ names, children }: { names: readonly string[]; children?: ReactNode }) {
  return (
    <span className={classes['chips']}>
      {names.map((name, place) => (
        <span key={place} className={classes['chip']}>
          {name}
        </span>
      ))}
      {children}
    </span>
  )
}
