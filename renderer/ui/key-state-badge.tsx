import { Tooltip } from '@mantine/core'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyState } from '../../shared/key.ts'
import classes from './key-state-badge.module.css'
import { formatRelative, formatSpan } from './format.ts'
import { KeyStateShape } from './key-state-shape.tsx'

interface KeyStateBadgeProps {
  state: KeyState
  /** Handed in so that one ticking clock serves every badge of a view. */
  nowMs: number
}

type Colours = CSSProperties & { '--kw-badge': string; '--kw-badge-soft': string }

const coloursOf = (kind: KeyState['kind']): Colours => ({
  '--kw-badge': `var(--kw-state-${kind})`,
  '--kw-badge-soft': `var(--kw-state-${kind}-soft)`,
})

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
      : t(state.kind)
  return (
    <Tooltip label={explanation} multiline maw={280}>
      <span className={classes['badge']} style={coloursOf(state.kind)}>
        <KeyStateShape kind={state.kind} />
        {word}
      </span>
    </Tooltip>
  )
}
