import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { FigureHistory, Figures, Window } from '../../../shared/activity.ts'
import type { ModelId } from '../../../shared/identity.ts'
import { client } from '../../app/client.ts'
import { useTimeRange } from '../../app/time-range.ts'
import { useJournal } from '../../app/use-journal.ts'
import { formatCost, formatDurations, formatInteger, formatShare } from '../../ui/format.ts'
import { numberFormat } from '../../ui/intl.ts'
import classes from './figures.module.css'
import { costOf, seriesOf, successShare, tokensOf, type FigureSeries } from './figures.ts'
import { askEveryMs, windowUpTo } from './range-window.ts'
import type { SparklineScale } from './sparkline-geometry.ts'
import { Sparkline } from './sparkline.tsx'

interface Card {
  name: string
  value: string
  hint: string
  values: readonly (number | null)[]
  colour: string
  scale?: SparklineScale
}

const unknown = '–'

function FigureCard({ name, value, hint, values, colour, scale = 'amount' }: Card) {
  return (
    <div className={classes['card']}>
      <dt className={classes['cardName']}>{name}</dt>
      <dd className={classes['cardBody']}>
        <span className={classes['cardValue']}>{value}</span>
        <span className={classes['cardHint']}>{hint}</span>
        <Sparkline values={values} colour={colour} scale={scale} />
      </dd>
    </div>
  )
}

/** The figures of one model, or of all, over the chosen range; the journal counts them. */
export function FiguresRow({ modelId }: { modelId: ModelId | null }) {
  const { t } = useTranslation('dashboard')
  const minutes = useTimeRange((store) => store.minutes)
  const read = useCallback(
    async (nowMs: number) => {
      const window = windowUpTo(nowMs, minutes, modelId)
      return { window, minutes, history: await client.activity.figures(window) }
    },
    [minutes, modelId],
  )
  const told = useJournal(read, askEveryMs(minutes))
  const cards = useCards(told)
  return (
    <dl className={classes['figures']} aria-label={t('figures.label')}>
      {cards.map((card) => (
        <FigureCard key={card.name} {...card} />
      ))}
    </dl>
  )
}

interface Told {
  window: Window
  minutes: number
  history: FigureHistory
}

const noSeries: FigureSeries = { requests: [], successShare: [], saved: [], p50Ms: [], tokens: [] }
const accent = 'var(--kw-accent)'

function useCards(told: Told | null): Card[] {
  const { t, i18n } = useTranslation('dashboard')
  const { language } = i18n
  const totals = told?.history.totals
  const series = told === null ? noSeries : seriesOf(told.history, told.window)
  const counted = (count: number) => ({ count, formatted: formatInteger(count, language) })
  const share = totals ? successShare(totals) : null
  return [
    {
      name: t('figures.perMinute'),
      value: told ? perMinute(told.history.totals.finished / told.minutes, language) : unknown,
      hint: totals ? t('figures.finished', counted(totals.finished)) : '',
      values: series.requests,
      colour: accent,
    },
    {
      name: t('figures.success'),
      value: share === null ? unknown : formatShare(share, language),
      hint: totals ? t('figures.failed', counted(totals.failed)) : '',
      values: series.successShare,
      colour: 'var(--kw-state-ready)',
      scale: 'share',
    },
    {
      name: t('figures.saved'),
      value: totals ? formatInteger(totals.saved, language) : unknown,
      hint: t('figures.savedHint'),
      values: series.saved,
      colour: 'var(--kw-state-cooling)',
    },
    {
      name: t('figures.latency'),
      value: latencyText(totals, language),
      hint: t('figures.latencyHint'),
      values: series.p50Ms,
      colour: accent,
    },
    useTokensCard(told, series.tokens),
  ]
}

const latencyText = (totals: Figures | undefined, language: string): string =>
  totals?.p50Ms == null || totals.p95Ms === null ? unknown : formatDurations(totals.p50Ms, totals.p95Ms, language)

/** What was estimated is marked with a tilde, and what has no known price is said. */
function useTokensCard(told: Told | null, values: readonly number[]): Card {
  const { t, i18n } = useTranslation('dashboard')
  const { language } = i18n
  const card = { name: t('figures.tokens'), values, colour: accent }
  if (told === null) return { ...card, value: unknown, hint: '' }
  const { today } = told.history
  const tokens = numberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(tokensOf(today))
  const cost = costOf(today)
  const hints = {
    none: () => t('figures.noTokens'),
    unknown: () => t('figures.costUnknown'),
    known: () => costText(),
    partly: () => t('figures.costPartly', { cost: costText() }),
  }
  const costText = () => ('dollars' in cost ? formatCost(cost.dollars, language) : '')
  return { ...card, value: today.estimated > 0 ? `~${tokens}` : tokens, hint: hints[cost.kind]() }
}

/** A slow trickle would round to nothing. */
const perMinute = (rate: number, language: string): string =>
  numberFormat(language, { maximumFractionDigits: rate < 10 ? 1 : 0 }).format(rate)
