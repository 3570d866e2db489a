import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { liveFeed } from '../../app/live-feed.ts'
import { useLiveNow } from '../../app/use-live.ts'
import { formatInteger, formatShare } from '../../ui/format.ts'
import { numberFormat } from '../../ui/intl.ts'
import classes from './dashboard.module.css'
import { useDashboard } from './dashboard-store.ts'
import { figuresOf, minuteMs, seriesOf } from './figures.ts'
import { Sparkline } from './sparkline.tsx'

interface Card {
  name: string
  value: string
  hint: string
  values: readonly (number | null)[]
  colour: string
}

const unknown = '–'

function FigureCard({ name, value, hint, values, colour }: Card) {
  return (
    <div className={classes['card']}>
      <dt className={classes['cardName']}>{name}</dt>
      <dd className={classes['cardBody']}>
        <span className={classes['cardValue']}>{value}</span>
        <span className={classes['cardHint']}>{hint}</span>
        <Sparkline values={values} colour={colour} />
      </dd>
    </div>
  )
}

/** Two latencies with one unit between them: "412 · 980 ms", "2.0 · 4.1 s". */
function latencyPair(p50Ms: number | null, p95Ms: number | null, language: string): string {
  if (p50Ms === null || p95Ms === null) return unknown
  const inSeconds = p95Ms >= 1_000
  const digits = inSeconds ? 1 : 0
  const number = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const shown = (ms: number) => (inSeconds ? ms / 1_000 : ms)
  const unit = { style: 'unit', unit: inSeconds ? 'second' : 'millisecond', unitDisplay: 'narrow' } as const
  const low = numberFormat(language, number).format(shown(p50Ms))
  return `${low} · ${numberFormat(language, { ...number, ...unit }).format(shown(p95Ms))}`
}

/** Reads the figures of one model, or of all, once a second. */
export function FiguresRow({ modelId }: { modelId: string | null }) {
  const { t, i18n } = useTranslation('dashboard')
  const language = i18n.language
  const windowMinutes = useDashboard((store) => store.windowMinutes)
  const toMs = useLiveNow(1_000)
  const [figures, series] = useMemo(() => {
    const window = { modelId, toMs: toMs + 1, windowMs: windowMinutes * minuteMs }
    return [figuresOf(liveFeed.history.facts, window), seriesOf(liveFeed.history.facts, window)] as const
  }, [modelId, toMs, windowMinutes])
  const window = t('window.minutes', { count: windowMinutes })
  const counted = (count: number) => ({ count, formatted: formatInteger(count, language) })
  const cards: Card[] = [
    {
      name: t('figures.perMinute'),
      value: formatInteger(figures.perMinute, language),
      hint: t('figures.finished', { ...counted(figures.finished), window }),
      values: series.requests,
      colour: 'var(--kw-accent)',
    },
    {
      name: t('figures.success'),
      value: figures.successShare === null ? unknown : formatShare(figures.successShare, language),
      hint: t('figures.failed', counted(figures.failed)),
      values: series.successShare,
      colour: 'var(--kw-state-ready)',
    },
    {
      name: t('figures.saved'),
      value: formatInteger(figures.saved, language),
      hint: t('figures.savedHint'),
      values: series.saved,
      colour: 'var(--kw-state-cooling)',
    },
    {
      name: t('figures.latency'),
      value: latencyPair(figures.p50Ms, figures.p95Ms, language),
      hint: t('figures.latencyHint'),
      values: series.p50Ms,
      colour: 'var(--kw-accent)',
    },
    {
      name: t('figures.tokens'),
      value: numberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(figures.tokens),
      hint: t('figures.tokensHint', { window }),
      values: series.tokens,
      colour: 'var(--kw-accent)',
    },
  ]
  return (
    <dl className={classes['figures']} aria-label={t('figures.label')}>
      {cards.map((card) => (
        <FigureCard key={card.name} {...card} />
      ))}
    </dl>
  )
}
