import type { ComponentProps } from 'react'
import classes from './tick-box.module.css'

interface TickBoxProps extends Omit<ComponentProps<'input'>, 'type' | 'onChange'> {
  'aria-label': string
  checked: boolean
  /** Some of what it stands for are ticked, and some are not. */
  some?: boolean
  onTick: (ticked: boolean) => void
}

/** A box to tick that costs next to nothing: a long table has one in every row. */
export function TickBox({ some = false, onTick, ...rest }: TickBoxProps) {
  return (
    <input
      {...rest}
      type="checkbox"
      className={classes['box']}
      ref={(box) => {
        if (box !== null) box.indeterminate = some
      }}
      onChange={(event) => onTick(event.currentTarget.checked)}
    />
  )
}
