import { Anchor, NativeSelect } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyState, KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { useModels } from '../../app/models-store.ts'
import { hrefOf } from '../../app/router.ts'
import { returnsAtMs } from '../../app/next-return.ts'
import { useLiveNow, usePick } from '../../app/use-live.ts'
import { formatSpan } from '../../ui/format.ts'
import { KeyStateShape } from '../../ui/key-state-shape.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './wheel.module.css'
import { wordedKeys } from './wheel-geometry.ts'
import { WheelPicture } from './wheel-picture.tsx'
import { isOverdue, summaryOf } from './wheel-summary.ts'

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
          {t('wheel.noKeys')} <Anchor href={hrefOf('models', model.id)}>{t('wheel.addKeys')}</Anchor>
        </p>
      ) : (
        <Wheel model={model} />
      )}
    </Panel>
  )
}

function Wheel({ model }: { model: ModelView }) {
  const { t } = useTranslation('dashboard')
  const nowMs = useLiveNow(250)
  const pick = usePick(model.id)
  const texts = useKeyTexts(model, nowMs)
  useAskWhenOverdue(model.keys, nowMs)
  const currentKeyId = pick?.keyId ?? model.currentKeyId
  const current = model.keys.findIndex((key) => key.id === currentKeyId)
  const next = model.keys.findIndex((key) => key.id === model.nextKeyId)
  const marks = (index: number) => [
    ...(index === current ? [t('wheel.isNow')] : []),
    ...(index === next ? [t('wheel.isNext')] : []),
  ]
  const described = texts.keys.map((text, index) => [text, ...marks(index)].join(', '))
  const nameOf = (index: number) => {
    const key = model.keys[index]
    return key ? t('wheel.key', { number: index + 1, label: key.label }) : null
  }
  const nowName = nameOf(current)
  const nextName = nameOf(next)
  const nowText = nowName === null ? t('wheel.notYet') : `${t('wheel.now')} ${nowName}`
  return (
    <div className={classes['body']}>
      <WheelPicture
        model={model}
        currentKeyId={currentKeyId}
        nowMs={nowMs}
        label={`${nowText}. ${texts.summary.join(' · ')}`}
        titles={described}
        words={texts.words}
      />
      <p className={classes['now']} data-testid="wheel-now">
        {nowName === null ? (
          t('wheel.notYet')
        ) : (
          <>
            {t('wheel.now')} <strong>{nowName}</strong>
          </>
        )}
      </p>
      <p className={classes['ready']} data-testid="wheel-summary">
        {texts.summary.map((part, index) => (
          <span key={part}>{index === texts.summary.length - 1 ? part : `${part} · `}</span>
        ))}
      </p>
      <p className={classes['next']}>{next !== current && nextName !== null && <NextKey name={nextName} />}</p>
      {model.keys.length > wordedKeys && <StateCounts keys={model.keys} nowMs={nowMs} />}
      <ol className="kw-visually-hidden" aria-label={t('wheel.keys')}>
        {described.map((text, index) => (
          <li key={model.keys[index]?.id}>{text}</li>
        ))}
      </ol>
    </div>
  )
}

/** The listing that names it is a moment behind the picks: a name that was just picked is old, and not said. */
function NextKey({ name }: { name: string }) {
  const { t } = useTranslation('dashboard')
  return (
    <>
      <svg className={classes['nextMark']} width="11" height="9" viewBox="-5.5 -4.5 11 9" aria-hidden="true">
        <path d="M-4.5 -4 L4.5 -4 L0 3.5 Z" />
      </svg>
      {t('wheel.next')} {name}
    </>
  )
}

function StateCounts({ keys, nowMs }: { keys: readonly KeyView[]; nowMs: number }) {
  const { t } = useTranslation('key-state')
  return (
    <ul className={classes['stateCounts']}>
      {summaryOf(keys, nowMs).counts.map(({ kind, count }) => (
        <li key={kind} style={{ color: `var(--kw-state-${kind})` }}>
          <KeyStateShape kind={kind} size={10} /> {count} {t(kind)}
        </li>
      ))}
    </ul>
  )
}

/** The words of each key, and the sentence under the wheel. */
function useKeyTexts(model: ModelView, nowMs: number) {
  const { t, i18n } = useTranslation('dashboard')
  const { t: stateText } = useTranslation('key-state')
  const seconds = Math.ceil(nowMs / 1_000)
  return useMemo(() => {
    const atMs = seconds * 1_000
    const { ready, total, nextBackMs } = summaryOf(model.keys, atMs)
    const back = (untilMs: number) => formatSpan(untilMs - atMs, i18n.language)
    const wordOf = (state: KeyState) => {
      const word = state.kind === 'not-allowed' ? t('wheel.notAllowed') : stateText(state.kind)
      return state.kind === 'cooling' && state.untilMs > atMs ? `${word} ${back(state.untilMs)}` : word
    }
    const weighted = model.strategy === 'weighted'
    const keys = model.keys.map((key, index) => {
      const untilMs = returnsAtMs(key.state)
      const testMs = key.state.kind === 'rejected' ? key.state.nextTestMs : null
      const parts = [
        t('wheel.described', { number: index + 1, label: key.label, state: stateText(key.state.kind) }),
        ...(untilMs !== null && untilMs > atMs ? [t('wheel.back', { wait: back(untilMs) })] : []),
        ...(testMs !== null && testMs > atMs ? [t('wheel.tested', { wait: back(testMs) })] : []),
        ...(weighted ? [t('wheel.weight', { weight: key.weight })] : []),
      ]
      return parts.join(', ')
    })
    const words = model.keys.map(({ state }) => wordOf(state))
    const summary = [
      t('wheel.ready', { ready, count: total }),
      ...(nextBackMs !== null ? [t('wheel.nextBack', { wait: back(nextBackMs) })] : []),
      ...(nextBackMs === null && ready === 0 ? [t('wheel.noneBack')] : []),
    ]
    return { keys, words, summary }
  }, [model.keys, model.strategy, seconds, t, stateText, i18n.language])
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
