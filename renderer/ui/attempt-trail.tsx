import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttemptView } from '../../shared/request.ts'
import { reasonOf, resultOf } from './attempt-text.ts'
import classes from './attempt-trail.module.css'
import { KeyStateShape } from './key-state-shape.tsx'
import { stateOfOutcome } from './outcome-state.ts'

type Colours = CSSProperties & { '--kw-badge': string; '--kw-badge-soft': string }

function coloursOf(attempt: AttemptView): Colours {
  const state = attempt.outcome === null ? 'probing' : stateOfOutcome[attempt.outcome.kind]
  return { '--kw-badge': `var(--kw-state-${state})`, '--kw-badge-soft': `var(--kw-state-${state}-soft)` }
}

/** The way of one request through its keys: "acct-2 429 (cooldown 31 s) → acct-3 200, 402 ms". */
export function AttemptTrail({ attempts }: { attempts: readonly AttemptView[] }) {
  const { t, i18n } = useTranslation('attempts')
  return (
    <ol className={classes['trail']} aria-label={t('trail')}>
      {attempts.map((attempt, index) => (
        <li key={attempt.number} className={classes['step']}>
          {index > 0 && (
            <span className={classes['arrow']} aria-hidden="true">
              →
            </span>
          )}
          <span
            className={classes['attempt']}
            style={coloursOf(attempt)}
            title={attempt.outcome === null ? undefined : reasonOf(attempt.outcome, t, i18n.language)}
          >
            <KeyStateShape kind={attempt.outcome === null ? 'probing' : stateOfOutcome[attempt.outcome.kind]} />
            <span className={classes['label']} title={attempt.keyLabel}>
              {attempt.keyLabel}
            </span>
            <span className={classes['result']}>{resultOf(attempt, t, i18n.language)}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}
