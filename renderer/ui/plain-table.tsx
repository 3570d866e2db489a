import type { ReactNode } from 'react'
import classes from './plain-table.module.css'

interface PlainTableProps {
  /** What the table is of; also the name of the frame in which it scrolls. */
  label: string
  children: ReactNode
}

/**
 * Rows to read. Where it is wider than the page it scrolls sideways in its own frame, which the keyboard reaches. Cells
 * marked `data-number` stand at the end of their column.
 */
export function PlainTable({ label, children }: PlainTableProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={classes['scroll']} tabIndex={0} role="region" aria-label={label}>
      <table className={classes['table']} aria-label={label}>
        {children}
      </table>
    </div>
  )
}
