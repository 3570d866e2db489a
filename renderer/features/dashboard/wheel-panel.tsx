import { Anchor, NativeSelect } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { useModels } from '../../app/models-store.ts'
import { hrefOf } from '../../app/router.ts'
import { useLiveNow, usePick } from '../../app/use-live.ts'
import { formatInteger, formatSpan } from '../../ui/format.ts'
import { KeyStateShape } from '../../ui/key-state-shape.tsx'
import { Panel } from '../../ui/panel.tsx'
import { shareLeft, wordedKeys } from '../../ui/wheel/wheel-geometry.ts'
import { WheelPicture } from '../../ui/wheel/wheel-picture.tsx'
import { useWheelWords } from '../../ui/wheel/wheel-words.ts'
import classes from './wheel.module.css'
import { isOverdue, summaryOf } from './wheel-summary.ts'
import { spaced } from '../../ui/spaced.ts'

interface WheelPanelProps {
  model: ModelView
  /** The models to choose from; none when the page's filter has chosen. */
  choices: readonly ModelView[]
  onChoose: (id: ModelView['id']) => void
}

export function WheelPanel({ model, choices, onChoose }: WheelPanelProps) {
  const { t } = useTranslation('dashboard')
  const aside =
    choices.length > 1 ? (
      <NativeSelect
        size="xs"
        className={classes['choice']}
        aria-label={t('wheel.choose')}
        value={model.id}
        data={choices.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(event) => {
          const chosen = choices.find(({ id }) => id === event.currentTarget.value)
          if (chosen) onChoose(chosen.id)
        }}
      />
    ) : (
      t(`wheel.strategy.${model.strategy}`)
    )
  return (
    <Panel title={t('wheel.title')} aside={aside}>
      {model.keys.length === 0 ? (
        <p className={classes['empty']}>
          {spaced(t('wheel.noKeys'))}
          <Anchor href={hrefOf('models', model.id)}>{t('wheel.addKeys')}</Anchor>
        </p>
      ) : (
        <Wheel model={model} />
      )}
    </Panel>
  )
}

function Wheel({ model }: { model: ModelView }) {
  const { t: dashboard } = useTranslation('dashboard')
  const { t } = useTranslation('wheel')
  const nowMs = useLiveNow(250)
  const pick = usePick(model.id)
  const isWeighted = model.strategy === 'weighted'
  const { described: states, words } = useWheelWords(model.keys, isWeighted, nowMs)
  const summary = useSummary(model.keys, nowMs)
  useAskWhenOverdue(model.keys, nowMs)
  const currentKeyId = pick?.keyId ?? model.currentKeyId
  const current = model.keys.findIndex((key) => key.id === currentKeyId)
  const next = model.keys.findIndex((key) => key.id === model.nextKeyId)
  const marks = (index: number) => [
    ...(index === current ? [t('isNow')] : []),
    ...(index === next ? [t('isNext')] : []),
  ]
  const described = states.map((text, index) => [text, ...marks(index)].join(', '))
  const nameOf = (index: number) => {
    const key = model.keys[index]
    return key ? t('key', { number: index + 1, label: key.label }) : null
  }
  const nowName = nameOf(current)
  const nextName = nameOf(next)
  const nowText = nowName === null ? t('notYet') : `${t('now')} ${nowName}`
  return (
    <div className={classes['body']}>
      <WheelPicture
        keys={model.keys}
        isWeighted={isWeighted}
        currentKeyId={currentKeyId}
        nextKeyId={model.nextKeyId}
        left={model.keys.map((key) => shareOfWait(model.id, key, nowMs))}
        label={`${nowText}. ${summary.join(' · ')}`}
        titles={described}
        words={words}
      />
      <p className={classes['now']} data-testid="wheel-now">
        {nowName === null ? (
          t('notYet')
        ) : (
          <>
            {t('now')} <strong>{nowName}</strong>
          </>
        )}
      </p>
      <p className={classes['ready']} data-testid="wheel-summary">
        {summary.map((part, index) => (
          <span key={part}>
            {part}
            {index < summary.length - 1 && <span className={classes['dot']}> · </span>}
          </span>
        ))}
      </p>
      <p className={classes['next']}>{next !== current && nextName !== null && <NextKey name={nextName} />}</p>
      {model.keys.length > wordedKeys && <StateCounts keys={model.keys} nowMs={nowMs} />}
      <ol className="kw-visually-hidden" aria-label={dashboard('wheel.keys')}>
        {described.map((text, index) => (
          <li key={model.keys[index]?.id}>{text}</li>
        ))}
      </ol>
    </div>
  )
}

/** The listing that names it is a moment behind the picks: a name that was just picked is old, and not said. */
function NextKey({ name }: { name: string }) {
  const { t } = useTranslation('wheel')
  return (
    <>
      <svg className={classes['nextMark']} width="11" height="9" viewBox="-5.5 -4.5 11 9" aria-hidden="true">
        <path d="M-4.5 -4 L4.5 -4 L0 3.5 Z" />
      </svg>
      {t('next')} {name}
    </>
  )
}

function StateCounts({ keys, nowMs }: { keys: readonly KeyView[]; nowMs: number }) {
  const { t, i18n } = useTranslation('key-state')
  return (
    <ul className={classes['stateCounts']}>
      {summaryOf(keys, nowMs).counts.map(({ kind, count }) => (
        <li key={kind} style={{ color: `var(--kw-state-${kind})` }}>
          <KeyStateShape kind={kind} size={10} /> {formatInteger(count, i18n.language)} {t(kind)}
        </li>
      ))}
    </ul>
  )
}

/** The sentence under the wheel. */
function useSummary(keys: readonly KeyView[], nowMs: number): string[] {
  const { t, i18n } = useTranslation('dashboard')
  const seconds = Math.ceil(nowMs / 1_000)
  return useMemo(() => {
    const atMs = seconds * 1_000
    const { ready, total, nextBackMs } = summaryOf(keys, atMs)
    const back = (untilMs: number) => formatSpan(untilMs - atMs, i18n.language)
    return [
      t('wheel.ready', { ready, count: total }),
      ...(nextBackMs !== null ? [t('wheel.nextBack', { wait: back(nextBackMs) })] : []),
      ...(nextBackMs === null && ready === 0 ? [t('wheel.noneBack')] : []),
    ]
  }, [keys, seconds, t, i18n.language])
}

function shareOfWait(modelId: ModelView['id'], { id, state, lastUsedAtMs }: KeyView, nowMs: number): number {
  if (!('untilMs' in state) || state.untilMs === null) return 1
  const period = liveFeed.history.periods(modelId, id).at(-1)
  const fromMs = period?.toMs === null ? period.fromMs : (lastUsedAtMs ?? -Infinity)
  return shareLeft(fromMs, state.untilMs, nowMs)
}

const askAgainMs = 2_000

/** A wait that is over is only over when main says so: the page asks instead of guessing. */
function useAskWhenOverdue(keys: readonly KeyView[], nowMs: number): void {
  const askedAtMs = useRef(0)
  const overdue = keys.some((key) => isOverdue(key, nowMs - 200))
  useEffect(() => {
    if (!overdue || nowMs - askedAtMs.current < askAgainMs) return
    askedAtMs.current = nowMs
    // Asked again in two seconds when this fails; the connection has its own sign.
    useModels
      .getState()
      .refresh()
      .catch(() => undefined)
  }, [overdue, nowMs])
}
