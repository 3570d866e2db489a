import type { RequestView } from '../../../shared/request.ts'
import { isSavedByRotation } from '../../../shared/request-history.ts'

export const outcomeFilters = ['all', 'served', 'rotated', 'failed', 'cancelled', 'open'] as const
export type OutcomeFilter = (typeof outcomeFilters)[number]

export interface ActivityFilter {
  outcome: OutcomeFilter
  /** Every word must occur somewhere in the request's ids, labels or error texts. */
  text: string
  /** Null is every model. */
  modelId: string | null
}

export function matchesFilter(request: RequestView, { outcome, text, modelId }: ActivityFilter): boolean {
  if (modelId !== null && request.modelId !== modelId) return false
  if (!matchesOutcome(request, outcome)) return false
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return true
  const haystack = searchable(request).join('\n').toLowerCase()
  return words.every((word) => haystack.includes(word))
}

function matchesOutcome(request: RequestView, outcome: OutcomeFilter): boolean {
  if (outcome === 'all') return true
  if (outcome === 'open') return request.result === 'running' || request.result === 'parked'
  return outcome === 'rotated' ? isSavedByRotation(request) : request.result === outcome
}

function searchable(request: RequestView): string[] {
  const outcomes = [...request.attempts.map((attempt) => attempt.outcome), request.failure?.outcome ?? null]
  return [
    request.id,
    request.modelName,
    request.client,
    request.failure?.code ?? '',
    request.failure?.host ?? '',
    ...request.attempts.map((attempt) => attempt.keyLabel),
    ...outcomes.flatMap((outcome) =>
      outcome === null
        ? []
        : [String(outcome.status ?? ''), outcome.providerCode ?? '', outcome.providerMessage ?? '', outcome.kind],
    ),
  ]
}
