import type { ComponentProps, CSSProperties } from 'react'
import type { KeyStateKind } from '../../shared/key.ts'
import { KeyStateShape } from './key-state-shape.tsx'
import classes from './state-badge.module.css'

type Colours = CSSProperties & { '--kw-badge': string; '--kw-badge-soft': string }

/** A word in the shape and the colour of a key's state. */
export function StateBadge({ kind, children, ...rest }: ComponentProps<'span'> & { kind: KeyStateKind }) {
  const colours: Colours = {
    '--kw-badge': `var(--kw-state-${kind})`,
    '--kw-badge-soft': `var(--kw-state-${kind}-soft)`,
  }
  return (
    <span {...rest} className={classes['badge']} style={colours}>
      <KeyStateShape kind={kind} />
      {children}
    </span>
  )
}
