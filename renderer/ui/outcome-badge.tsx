import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutcomeView } from '../../shared/outcome.ts'
import { wordOf } from './attempt-text.ts'
import badge from './key-state-badge.module.css'
import { KeyStateShape } from './key-state-shape.tsx'
import { stateOfOutcome } from './outcome-state.ts'

type Colours = CSSProperties & { '--kw-badge': string; '--kw-badge-soft': string }

/** What became of an attempt: shape, word and colour. */
export function OutcomeBadge({ outcome }: { outcome: OutcomeView }) {
  const { t } = useTranslation('attempts')
  const state = stateOfOutcome[outcome.kind]
  const colours: Colours = {
    '--kw-badge': `var(--kw-state-${state})`,
    '--kw-badge-soft': `var(--kw-state-${state}-soft)`,
  }
  return (
    <span className={badge['badge']} style={colours}>
      <KeyStateShape kind={state} />
      {wordOf(outcome, t)}
    </span>
  )
}
