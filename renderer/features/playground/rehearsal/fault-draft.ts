import type { KeyId } from '../../../../shared/identity.ts'
import type { Fault, Injected, Lasting } from '../../../../shared/rehearsal.ts'
import { rehearsalLimits as limits } from '../../../../shared/rehearsal-terms.ts'

/** A fault as it is being chosen; numbers are null while their fields are empty. */
export interface FaultDraft {
  keyId: KeyId | null
  kind: Fault['kind']
  /** Of a rate limit; null announces none. */
  retryAfterS: number | null
  delayS: number | null
  lasts: Lasting['kind']
  calls: number | null
  forS: number | null
}

export const freshDraft: FaultDraft = {
  keyId: null,
  kind: 'rejected',
  retryAfterS: 10,
  delayS: 3,
  lasts: 'calls',
  calls: 1,
  forS: 30,
}

export type DraftProblem = 'retryAfter' | 'delay' | 'calls' | 'time'

/** What of it cannot be injected, field by field. */
export function problemsOf(draft: FaultDraft): DraftProblem[] {
  const problems: DraftProblem[] = []
  const { kind, retryAfterS, delayS, lasts, calls, forS } = draft
  if (kind === 'rate-limited' && retryAfterS !== null && !isWithin(retryAfterS * 1000, limits.retryAfterMs)) {
    problems.push('retryAfter')
  }
  if (kind === 'slow' && !isWithin((delayS ?? 0) * 1000, limits.delayMs)) problems.push('delay')
  if (lasts === 'calls' && !isWhole(calls, limits.calls)) problems.push('calls')
  if (lasts === 'time' && !isWithin((forS ?? 0) * 1000, limits.forMs)) problems.push('time')
  return problems
}

const isWithin = (value: number, { min, max }: { min: number; max: number }) => value >= min && value <= max
const isWhole = (value: number | null, most: number) =>
  value !== null && Number.isInteger(value) && value >= 1 && value <= most

/** Only of a draft without problems. */
export function injectedOf({ keyId, kind, retryAfterS, delayS, lasts, calls, forS }: FaultDraft): Injected {
  return { keyId, fault: faultOf(kind, retryAfterS, delayS), lasts: lastingOf(lasts, calls, forS) }
}

const msOf = (seconds: number | null) => Math.round((seconds ?? 0) * 1000)

function faultOf(kind: Fault['kind'], retryAfterS: number | null, delayS: number | null): Fault {
  if (kind === 'rate-limited') return { kind, retryAfterMs: retryAfterS === null ? null : msOf(retryAfterS) }
  return kind === 'slow' ? { kind, delayMs: msOf(delayS) } : { kind }
}

function lastingOf(lasts: Lasting['kind'], calls: number | null, forS: number | null): Lasting {
  if (lasts === 'calls') return { kind: lasts, calls: calls ?? 1 }
  return lasts === 'time' ? { kind: lasts, forMs: msOf(forS) } : { kind: lasts }
}
