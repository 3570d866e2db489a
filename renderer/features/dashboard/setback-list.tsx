import { NativeSelect } from '@mantine/core'
import { memo, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutcomeKind } from '../../../shared/outcome.ts'
import { outcomeKinds } from '../../../shared/outcome-kinds.ts'
import { failureSentence } from '../../app/failure-message.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { hrefOf } from '../../app/router.ts'
import { useLiveRead } from '../../app/use-live.ts'
import { nextStepOf, reasonOf } from '../../ui/attempt-text.ts'
import { formatClock, formatInteger } from '../../ui/format.ts'
import { OutcomeBadge } from '../../ui/outcome-badge.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './setbacks.module.css'
import { isFailure } from './failure-stack.ts'
import { setbacksOf, type Setback } from './setbacks.ts'

const listed = 50

export function SetbackList({ modelId }: { modelId: string | null }) {
  const { t, i18n } = useTranslation('dashboard')
  const [kind, setKind] = useState<OutcomeKind | null>(null)
  const read = useCallback(
    () => setbacksOf(liveFeed.history.requests.eventful(), { modelId, kind }, listed),
    [modelId, kind],
  )
  const setbacks = useLiveRead(read, 500)
  const count = setbacks.length
  return (
    <Panel
      title={t('list.title')}
      aside={
        <div className={classes['controls']}>
          {count > 0 && t('list.counted', { count, formatted: formatInteger(count, i18n.language) })}
          <KindFilter kind={kind} onChange={setKind} />
        </div>
      }
    >
      {count === 0 ? (
        <p className={classes['empty']}>{kind === null ? t('list.empty') : t('list.noneOfKind')}</p>
      ) : (
        <div className={classes['scroll']}>
          <table className={classes['list']}>
            <thead className="kw-visually-hidden">
              <tr>
                <th scope="col">{t('list.time')}</th>
                <th scope="col">{t('list.key')}</th>
                <th scope="col">{t('list.state')}</th>
                <th scope="col">{t('list.detail')}</th>
              </tr>
            </thead>
            <tbody>
              {setbacks.map((setback) => (
                <SetbackRow key={setback.id} setback={setback} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Announcer newest={setbacks[0]} />
    </Panel>
  )
}

const every = ''
const kinds = outcomeKinds.filter(isFailure)

interface KindFilterProps {
  kind: OutcomeKind | null
  onChange: (kind: OutcomeKind | null) => void
}

function KindFilter({ kind, onChange }: KindFilterProps) {
  const { t } = useTranslation('dashboard')
  const { t: attempts } = useTranslation('attempts')
  return (
    <NativeSelect
      size="xs"
      aria-label={t('list.filter')}
      value={kind ?? every}
      data={[
        { value: every, label: t('list.all') },
        ...kinds.map((one) => ({ value: one, label: attempts(`outcome.${one}`) })),
      ]}
      onChange={(event) => onChange(kinds.find((one) => one === event.currentTarget.value) ?? null)}
    />
  )
}

/** A record is replaced when its request goes on; while it is the same one, its row keeps still. */
const isSameRow = (before: { setback: Setback }, after: { setback: Setback }): boolean =>
  before.setback.request === after.setback.request && before.setback.id === after.setback.id

const SetbackRow = memo(function SetbackRow({ setback }: { setback: Setback }) {
  const { t, i18n } = useTranslation('dashboard')
  const detail = useSetbackText()(setback)
  return (
    <tr>
      <td className={classes['time']}>{formatClock(setback.atMs, i18n.language)}</td>
      <td className={classes['key']}>{setback.keyLabel ?? t('list.noKey')}</td>
      <td className={classes['state']}>{setback.outcome && <OutcomeBadge outcome={setback.outcome} />}</td>
      <td className={classes['detail']}>
        <a href={hrefOf('activity', setback.request.id)} title={t('list.open', { id: setback.request.id })}>
          {detail}
        </a>
      </td>
    </tr>
  )
}, isSameRow)

/** "429 rate_limit_exceeded · retry-after 31 s → acct-3 answered in 402 ms" */
function useSetbackText(): (setback: Setback) => string {
  const { t, i18n } = useTranslation('attempts')
  const { t: dashboard } = useTranslation('dashboard')
  const { t: failures } = useTranslation('failures')
  return ({ outcome, probe, next, failure, request }) => {
    const ending = failure ? `→ ${failureSentence(failure, failures).cause}` : null
    if (outcome === null) return ending ?? t('noKey')
    const said = reasonOf(outcome, t, i18n.language)
    const reason = probe ? dashboard('list.triedAgain', { reason: said }) : said
    if (next) return `${reason} ${nextStepOf(next, t, i18n.language)}`
    const over = request.result === 'failed' || request.result === 'cancelled'
    return over ? `${reason} ${ending ?? t('next.none')}` : reason
  }
}

/** Speech is slow: of many events in a short time only the newest is spoken. */
const spokenEveryMs = 4_000

function Announcer({ newest }: { newest: Setback | undefined }) {
  const { t } = useTranslation('dashboard')
  const textOf = useSetbackText()
  const [spoken, setSpoken] = useState('')
  const last = useRef<{ id: string | undefined; atMs: number }>({ id: newest?.id, atMs: 0 })
  const text = newest ? t('list.announced', { key: newest.keyLabel ?? t('list.noKey'), text: textOf(newest) }) : ''
  const isSettled = newest !== undefined && newest.next?.outcome !== null
  useEffect(() => {
    const nowMs = Date.now()
    if (!isSettled || newest.id === last.current.id || nowMs - last.current.atMs < spokenEveryMs) return
    last.current = { id: newest.id, atMs: nowMs }
    setSpoken(text)
  }, [newest, isSettled, text])
  return (
    <output className="kw-visually-hidden" aria-live="polite">
      {spoken}
    </output>
  )
}
