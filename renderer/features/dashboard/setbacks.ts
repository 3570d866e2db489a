import type { OutcomeKind, OutcomeView } from '../../../shared/outcome.ts'
import type { AttemptView, RequestFailure, RequestView } from '../../../shared/request.ts'

/** One failed attempt and what came of it, or a request that no key could even try. */
export interface Setback {
  id: string
  request: RequestView
  atMs: number
  /** Null when no key was tried. */
  keyLabel: string | null
  outcome: OutcomeView | null
  /** It only tried whether the key serves again. */
  probe: boolean
  /** The attempt that followed, on the same key or on another one. */
  next: { keyLabel: string; sameKey: boolean; outcome: OutcomeView | null; durationMs: number | null } | null
  /** The request's failure, at its last attempt. */
  failure: RequestFailure | null
}

/** Null is every model, every kind. */
export interface SetbackFilter {
  modelId: string | null
  kind: OutcomeKind | null
}

/** Youngest first, at most `limit`. */
export function setbacksOf(
  requests: readonly RequestView[],
  { modelId, kind }: SetbackFilter,
  limit: number,
): Setback[] {
  const setbacks: Setback[] = []
  for (const request of requests) {
    if (modelId !== null && request.modelId !== modelId) continue
    setbacks.push(...setbacksOfRequest(request).filter(({ outcome }) => kind === null || outcome?.kind === kind))
  }
  return setbacks.sort((a, b) => b.atMs - a.atMs).slice(0, limit)
}

function setbacksOfRequest(request: RequestView): Setback[] {
  const failed = request.attempts.filter(isSetback).map((attempt) => setbackOf(request, attempt))
  if (request.attempts.length > 0 || request.result !== 'failed') return failed
  const { id, failure, endedAtMs, startedAtMs } = request
  const nothing = { keyLabel: null, outcome: null, probe: false, next: null }
  return [{ id, request, atMs: endedAtMs ?? startedAtMs, ...nothing, failure }]
}

const isSetback = ({ outcome }: AttemptView): boolean =>
  outcome !== null && outcome.kind !== 'served' && outcome.kind !== 'cancelled'

function setbackOf(request: RequestView, attempt: AttemptView): Setback {
  const next = request.attempts.find((other) => other.number === attempt.number + 1)
  return {
    id: `${request.id}/${attempt.number}`,
    request,
    atMs: attempt.startedAtMs + (attempt.durationMs ?? 0),
    keyLabel: attempt.keyLabel,
    outcome: attempt.outcome,
    probe: attempt.probe,
    next: next
      ? {
          keyLabel: next.keyLabel,
          sameKey: next.keyId === attempt.keyId,
          outcome: next.outcome,
          durationMs: next.durationMs,
        }
      : null,
    failure: next ? null : request.failure,
  }
}
