import type { TFunction } from 'i18next'
import type { KeyPeriod } from '../../app/live/key-periods.ts'
import { nameOf, wordOf, type AttemptText } from '../../ui/attempt-text.ts'
import { formatSpan } from '../../ui/format.ts'

/** Texts of i18n/…/dashboard.json. */
export type DashboardText = TFunction<'dashboard'>

/** What is written into the bar of a period: "429 · retry-after 20 s". */
export function periodText(period: KeyPeriod, t: DashboardText, attempts: AttemptText, language: string): string {
  const { state, outcome } = period
  if (state.kind === 'ready') return ''
  if (state.kind === 'cooling') return coolingText(period, state.untilMs, t, attempts, language)
  if (state.kind === 'exhausted') {
    return t('lanes.period.exhausted', { what: outcome?.providerCode ?? attempts('outcome.exhausted') })
  }
  if (state.kind === 'rejected' || state.kind === 'not-allowed') {
    const what = outcome === null ? attempts(`outcome.${state.kind}`) : nameOf(outcome, attempts)
    return t(`lanes.period.${state.kind}`, { what })
  }
  return t(`lanes.period.${state.kind}`)
}

function coolingText(
  { outcome, fromMs }: KeyPeriod,
  untilMs: number,
  t: DashboardText,
  attempts: AttemptText,
  language: string,
): string {
  if (outcome === null) return t('lanes.period.cooling')
  const status = outcome.status ?? wordOf(outcome, attempts)
  if (outcome.retryAfterMs !== null) {
    return t('lanes.period.coolingAnnounced', { status, wait: formatSpan(outcome.retryAfterMs, language) })
  }
  if (!Number.isFinite(fromMs)) return t('lanes.period.cooling')
  return t('lanes.period.coolingStatus', { status, wait: formatSpan(untilMs - fromMs, language) })
}
