/** Why this key, in a sentence or two: the rule that chose it, and who was left out. */
import type { TFunction } from 'i18next'
import type { DecisionView } from '../../../shared/decision.ts'
import type { Exclusion } from '../../../shared/decision-terms.ts'
import { formatSpan } from '../../ui/format.ts'

export type ActivityText = TFunction<'activity'>

export interface DecisionText {
  rule: string
  candidates: string
  /** One line a reason, the most frequent first. */
  excluded: string[]
  /** The keys nearest to their return. */
  nearest: string[]
}

/** Time alone does not bring these back: when it is up they are tried, and may be refused again. */
const triedFirst: readonly Exclusion[] = ['rejected', 'exhausted', 'not-allowed']

export function decisionText(decision: DecisionView, t: ActivityText, language: string): DecisionText {
  const { rule, usable, tried, excluded, nearest, atMs } = decision
  const counts = Object.entries(excluded) as [Exclusion, number][]
  return {
    rule: t(`why.rule.${rule}`),
    candidates: [t('why.candidates', { count: usable }), ...(tried > 0 ? [t('why.tried', { count: tried })] : [])].join(
      ' · ',
    ),
    excluded: counts
      .filter(([, count]) => count > 0)
      .toSorted(([, a], [, b]) => b - a)
      .map(([reason, count]) => t('why.excluded', { count, reason: t(`why.reason.${reason}`) })),
    nearest: nearest.map(({ label, reason, backAtMs }) =>
      t(triedFirst.includes(reason) ? 'why.nearestTried' : 'why.nearest', {
        label,
        reason: t(`why.reason.${reason}`),
        wait: formatSpan(backAtMs - atMs, language),
      }),
    ),
  }
}
