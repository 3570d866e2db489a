import type { OutcomeKind } from '../../../shared/outcome.ts'
import { outcomeKinds } from '../../../shared/outcome-kinds.ts'
import type { KeyStateKind } from '../../../shared/key.ts'
import { stateOfOutcome } from '../../ui/outcome-state.ts'

/** The tokens as a canvas needs them: resolved, for the scheme that is shown. */
export interface LaneColours {
  text: string
  dim: string
  line: string
  panel: string
  accent: string
  font: string
  outcome: Record<OutcomeKind, string>
  state: (kind: KeyStateKind) => string
}

export function readLaneColours(element: Element): LaneColours {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(`--kw-${name}`).trim()
  const outcome = Object.fromEntries(outcomeKinds.map((kind) => [kind, token(`state-${stateOfOutcome[kind]}`)]))
  return {
    text: token('text'),
    dim: token('text-faint'),
    line: token('line-soft'),
    panel: token('panel'),
    accent: token('accent'),
    font: style.fontFamily,
    outcome: outcome as Record<OutcomeKind, string>,
    state: (kind) => token(`state-${kind}`),
  }
}
