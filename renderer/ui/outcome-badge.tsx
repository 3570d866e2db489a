import { useTranslation } from 'react-i18next'
import type { OutcomeView } from '../../shared/outcome.ts'
import { wordOf } from './attempt-text.ts'
import { stateOfOutcome } from './outcome-state.ts'
import { StateBadge } from './state-badge.tsx'

/** What became of an attempt: shape, word and colour. */
export function OutcomeBadge({ outcome }: { outcome: OutcomeView }) {
  const { t } = useTranslation('attempts')
  return <StateBadge kind={stateOfOutcome[outcome.kind]}>{wordOf(outcome, t)}</StateBadge>
}
