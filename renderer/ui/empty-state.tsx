import type { ReactNode } from 'react'
import classes from './empty-state.module.css'
import { IconTile } from './icon-tile.tsx'

interface EmptyStateProps {
  icon?: ReactNode
  title: string
  /** What the view is for, and what is missing. */
  text: string
  /** The one next step. */
  children?: ReactNode
}

export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className={classes['empty']}>
      {icon !== undefined && <IconTile>{icon}</IconTile>}
      <h2 className={classes['title']}>{title}</h2>
      <p className={classes['text']}>{text}</p>
      {children !== undefined && <div className={classes['actions']}>{children}</div>}
    </div>
  )
}
