import type { ReactNode } from 'react'
import classes from './chips.module.css'

/** `good` is what is new or only here, `quiet` what stays as it is, `out` what is left out. */
export type ChipTone = 'plain' | 'good' | 'quiet' | 'out'

interface ChipProps {
  tone?: ChipTone
  /** What is said on hovering. */
  title?: string
  children: ReactNode
}

/** A short name of its own, such as that of a key. */
export function Chip({ tone = 'plain', title, children }: ChipProps) {
  return (
    <span className={classes['chip']} data-tone={tone} title={title}>
      {children}
    </span>
  )
}

interface TickChipProps {
  checked: boolean
  disabled: boolean
  onChange: () => void
  /** Names the box to those who do not see what it stands in. */
  label: string
  children: ReactNode
}

/** One that is taken or left. */
export function TickChip({ checked, disabled, onChange, label, children }: TickChipProps) {
  return (
    <label className={`${classes['chip']} ${classes['tick']}`} data-tone={checked ? 'good' : 'quiet'}>
      <input type="checkbox" checked={checked} disabled={disabled} onChange={onChange} aria-label={label} />
      {children}
    </label>
  )
}

/** Short names side by side. Two may look alike, and the list is never reordered. */
export function Chips({ names = [], children }: { names?: readonly string[]; children?: ReactNode }) {
  return (
    <span className={classes['chips']}>
      {names.map((name, place) => (
        <Chip key={place}>{name}</Chip>
      ))}
      {children}
    </span>
  )
}
