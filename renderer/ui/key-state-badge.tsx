import { useTranslation } from 'react-i18next'
import type { KeyState } from '../../shared/key.ts'
import { formatRelative, formatSpan } from './format.ts'
import { StateBadge } from './state-badge.tsx'

interface KeyStateBadgeProps {
  state: KeyState
  /** Handed in so that one ticking clock serves every badge of a view. */
  nowMs: number
}

/** Shape, word and colour, with the time left while a key cools. */
export function KeyStateBadge({ state, nowMs }: KeyStateBadgeProps) {
  const { t, i18n } = useTranslation('key-state')
  const when = (atMs: number) => formatRelative(atMs, nowMs, i18n.language)
  const explanation =
    state.kind === 'exhausted'
      ? t('explain.exhausted', { when: when(state.untilMs) })
      : state.kind === 'rejected' && state.nextTestMs !== null
        ? t('explain.rejectedNext', { when: when(state.nextTestMs) })
        : t(`explain.${state.kind}`)
  const word =
    state.kind === 'cooling' && state.untilMs > nowMs
      ? t('coolingFor', { wait: formatSpan(state.untilMs - nowMs, i18n.language) })
      : state.kind === 'paused' && state.untilMs !== null && state.untilMs > nowMs
        ? t('pausedFor', { wait: formatSpan(state.untilMs - nowMs, i18n.language) })
        : t(state.kind)
  return (
    <StateBadge kind={state.kind} title={explanation}>
      {word}
    </StateBadge>
  )
}
