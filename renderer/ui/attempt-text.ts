import type { TFunction } from 'i18next'
import type { OutcomeView } from '../../shared/outcome.ts'
import type { AttemptView } from '../../shared/request.ts'
import { formatDuration, formatSpan } from './format.ts'

/** Texts of i18n/…/attempts.json: `useTranslation('attempts')` hands it out. */
export type AttemptText = TFunction<'attempts'>

/** The failure in as few words as name it: "429 rate_limit_exceeded · retry-after 31 s". */
export function reasonOf(outcome: OutcomeView, t: AttemptText, language: string): string {
  const parts = [nameOf(outcome, t)]
  if (outcome.retryAfterMs !== null) {
    parts.push(t('retryAfter', { wait: formatSpan(outcome.retryAfterMs, language) }))
  }
  return parts.join(' · ')
}

/** The failure by its status and the provider's own code, or by our word for it. */
export function nameOf(outcome: OutcomeView, t: AttemptText): string {
  const code = outcome.providerCode
  if (outcome.status !== null && outcome.status >= 400) return [outcome.status, code ?? wordOf(outcome, t)].join(' ')
  return code ?? wordOf(outcome, t)
}

export function wordOf(outcome: OutcomeView, t: AttemptText): string {
  const byCause = outcome.kind === 'upstream-failed' || outcome.kind === 'broken-stream'
  if (byCause && outcome.cause !== null && outcome.cause !== 'status') return t(`cause.${outcome.cause}`)
  return t(`outcome.${outcome.kind}`)
}

/** What came of an attempt, for a trail: "429 (cooldown 31 s)", "200, 402 ms". */
export function resultOf(attempt: AttemptView, t: AttemptText, language: string): string {
  const { outcome, durationMs } = attempt
  if (outcome === null) return t('running')
  const what = outcome.status === null ? wordOf(outcome, t) : String(outcome.status)
  if (outcome.retryAfterMs !== null) return t('cooldown', { what, wait: formatSpan(outcome.retryAfterMs, language) })
  if (durationMs === null) return what
  return t('after', { what, duration: formatDuration(durationMs, language) })
}

export type Next = Pick<AttemptView, 'keyLabel' | 'outcome' | 'durationMs'> & { sameKey: boolean }

/** Where the request went after a failure, or that it ended there. */
export function nextStepOf(next: Next | null, t: AttemptText, language: string): string {
  if (next === null) return t('next.none')
  const { outcome, keyLabel: key } = next
  if (outcome === null) return next.sameKey ? t('next.sameRunning') : t('next.running', { key })
  if (outcome.kind === 'cancelled') return t('next.cancelled')
  if (outcome.kind === 'served') {
    const duration = formatDuration(next.durationMs ?? 0, language)
    return next.sameKey ? t('next.sameServed', { duration }) : t('next.served', { key, duration })
  }
  const reason = nameOf(outcome, t)
  return next.sameKey ? t('next.sameFailed', { reason }) : t('next.failed', { key, reason })
}
