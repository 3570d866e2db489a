import type { ReactNode } from 'react'
import classes from './icon-tile.module.css'

/** The picture above what an empty place is for; what it shows is said in words beneath. */
export function IconTile({ children }: { children: ReactNode }) {
  return (
    <span className={classes['tile']} aria-hidden="true">
      {children}
    </span>
  )
}
