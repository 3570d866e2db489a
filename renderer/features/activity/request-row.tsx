import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyStateKind } from '../../../shared/key.ts'
import type { RequestView } from '../../../shared/request.ts'
import { formatClock, formatDuration, formatInteger } from '../../ui/format.ts'
import { KeyStateShape } from '../../ui/key-state-shape.tsx'
import { stateOfOutcome } from '../../ui/outcome-state.ts'
import { StateBadge } from '../../ui/state-badge.tsx'
import classes from './activity.module.css'
import { RequestDetail } from './request-detail.tsx'

const stateOfResult: Record<RequestView['result'], KeyStateKind> = {
  running: 'probing',
  parked: 'cooling',
  served: 'ready',
  failed: 'rejected',
  cancelled: 'paused',
}

interface RequestRowProps {
  request: RequestView
  isOpen: boolean
  /** Passed only to a row that shows time passing, so that the others keep still. */
  nowMs: number
  onToggle: (id: string) => void
}

const requestColumns = 8

export const RequestRow = memo(function RequestRow({ request, isOpen, nowMs, onToggle }: RequestRowProps) {
  const { t, i18n } = useTranslation('activity')
  const { language } = i18n
  const row = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  const endMs = request.endedAtMs ?? nowMs
  const { usage } = request
  return (
    <>
      <tr ref={row} className={classes['row']} data-open={isOpen || undefined} onClick={() => onToggle(request.id)}>
        <td>
          <UnstyledButton
            className={classes['toggle']}
            aria-expanded={isOpen}
            aria-label={t('table.details', { id: request.id })}
            onClick={(event) => {
              event.stopPropagation()
              onToggle(request.id)
            }}
          >
            {isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          </UnstyledButton>
        </td>
        <td className={classes['time']}>{formatClock(request.startedAtMs, language)}</td>
        <td className={classes['model']} title={request.modelName}>
          {request.modelName}
        </td>
        <td className={classes['client']}>{clientName(request.client, t)}</td>
        <td>
          <ResultBadge result={request.result} />
        </td>
        <td>
          <KeyChain request={request} />
        </td>
        <td className={classes['number']}>{formatDuration(Math.max(0, endMs - request.startedAtMs), language)}</td>
        <td className={classes['number']}>
          {usage === null ? '' : formatInteger(usage.promptTokens + usage.completionTokens, language)}
        </td>
      </tr>
      {isOpen && (
        <tr className={classes['detailRow']}>
          <td colSpan={requestColumns}>
            <RequestDetail request={request} nowMs={nowMs} />
          </td>
        </tr>
      )}
    </>
  )
})

type ActivityText = ReturnType<typeof useTranslation<'activity'>>['t']

/** Our own clients have names in every language; a client of the gateway has the name it was given. */
const clientName = (client: string, t: ActivityText): string =>
  client === 'playground' || client === 'key-test' ? t(`client.${client}`) : client

function ResultBadge({ result }: { result: RequestView['result'] }) {
  const { t } = useTranslation('activity')
  return <StateBadge kind={stateOfResult[result]}>{t(`result.${result}`)}</StateBadge>
}

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
