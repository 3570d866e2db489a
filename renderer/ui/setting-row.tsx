import type { ReactNode } from 'react'
import classes from './setting-row.module.css'

interface SettingRowProps {
  name: string
  id?: string
  /** Its value has several lines, so that the name stands beside the first. */
  tall?: boolean
  children: ReactNode
}

/** A setting by its name, and what it is. */
export function SettingRow({ name, id, tall = false, children }: SettingRowProps) {
  return (
    <div className={classes['row']} data-tall={tall || undefined}>
      <span className={classes['name']} id={id}>
        {name}
      </span>
      <div className={classes['value']}>{children}</div>
    </div>
  )
}
