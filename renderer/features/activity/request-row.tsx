import { UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { JournalEntry } from '../../../shared/activity.ts'
import type { RequestView } from '../../../shared/request.ts'
import { formatDuration, formatInteger, formatShortMoment } from '../../ui/format.ts'
import { KeyStateShape } from '../../ui/key-state-shape.tsx'
import { stateOfOutcome } from '../../ui/outcome-state.ts'
import { StateBadge } from '../../ui/state-badge.tsx'
import classes from './activity.module.css'
import { stateOfResult } from './result-state.ts'
import { useClientName } from './use-client-name.ts'

interface RequestRowProps {
  request: JournalEntry
  topPx: number
  isOpen: boolean
  /** Passed only to a row that shows time passing, so that the others keep still. */
  nowMs: number
  onOpen: (id: string) => void
}

export const RequestRow = memo(function RequestRow({ request, topPx, isOpen, nowMs, onOpen }: RequestRowProps) {
  const { t, i18n } = useTranslation('activity')
  const { language } = i18n
  const clientName = useClientName()
  const endMs = request.endedAtMs ?? nowMs
  const { usage } = request
  return (
    <div
      role="row"
      className={classes['row']}
      style={{ transform: `translateY(${topPx}px)` }}
      data-open={isOpen || undefined}
    >
      <span role="cell">
        <UnstyledButton
          className={classes['toggle']}
          aria-expanded={isOpen}
          aria-label={t('table.details', { id: request.id })}
          onClick={() => onOpen(request.id)}
        >
          <IconChevronRight size={14} />
        </UnstyledButton>
      </span>
      <span role="cell" className={classes['time']}>
        {formatShortMoment(request.startedAtMs, nowMs, language)}
      </span>
      <span role="cell" className={classes['cut']} title={request.modelName}>
        {request.modelName}
      </span>
      <span role="cell" className={classes['dim']} title={clientName(request.client)}>
        {clientName(request.client)}
      </span>
      <span role="cell">
        <StateBadge kind={stateOfResult[request.result]}>{t(`result.${request.result}`)}</StateBadge>
      </span>
      <span role="cell">
        <KeyChain request={request} />
      </span>
      <span role="cell" className={classes['number']}>
        {formatDuration(Math.max(0, endMs - request.startedAtMs), language)}
      </span>
      <span role="cell" className={classes['number']}>
        {usage !== null &&
          (usage.estimated ? '~' : '') + formatInteger(usage.promptTokens + usage.completionTokens, language)}
      </span>
    </div>
  )
})

/** The keys it went through: "acct-2 → acct-3". */
function KeyChain({ request }: { request: RequestView }) {
  return (
    <span className={classes['chain']}>
      {request.attempts.map((attempt, index) => {
        const state = attempt.outcome === null ? 'probing' : stateOfOutcome[attempt.outcome.kind]
        return (
          <span key={attempt.number} className={classes['chainKey']}>
            {index > 0 && (
              <span className={classes['faint']} aria-hidden="true">
                →
              </span>
            )}
            <span className={classes['chainShape']} style={{ color: `var(--kw-state-${state})` }}>
              <KeyStateShape kind={state} size={9} />
            </span>
            {attempt.keyLabel}
          </span>
        )
      })}
    </span>
  )
}
