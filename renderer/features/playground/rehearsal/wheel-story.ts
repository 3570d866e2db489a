/** What the requests of a rehearsal tell the wheel that is drawn beside them. */
import type { KeyState } from '../../../../shared/key.ts'
import type { OutcomeView } from '../../../../shared/outcome.ts'
import type { AttemptView, RequestView } from '../../../../shared/request.ts'
import { stateOfOutcome } from '../../../ui/outcome-state.ts'
import { shareLeft } from '../../../ui/wheel/wheel-geometry.ts'
import type { WheelMark } from '../../../ui/wheel/wheel-mark.ts'

export const attemptsOf = (requests: readonly RequestView[]): AttemptView[] =>
  requests.flatMap(({ attempts }) => attempts)

const signOf = ({ kind, status }: OutcomeView): string => {
  if (kind === 'served') return '✓'
  return status !== null && status >= 400 ? String(status) : '✕'
}

/** What came of each key's calls, in their order: an error by its number, an answer by a tick. */
export function marksOf(attempts: readonly AttemptView[]): Map<string, WheelMark> {
  const signs = new Map<string, string[]>()
  const marks = new Map<string, WheelMark>()
  for (const { keyId, outcome } of attempts) {
    if (outcome === null) continue
    const sign = signOf(outcome)
    const before = signs.get(keyId) ?? []
    // Five answers of one key say no more than one.
    if (before.at(-1) !== sign) signs.set(keyId, [...before, sign])
    marks.set(keyId, { kind: stateOfOutcome[outcome.kind], text: (signs.get(keyId) ?? []).slice(-3).join(' ') })
  }
  return marks
}

const endOf = ({ startedAtMs, durationMs }: AttemptView): number => startedAtMs + (durationMs ?? 0)

/** What is left of a key's wait, which began when its last call had failed; a host's hold, with anybody's. */
export function waitLeft(
  { keyId, state }: { keyId: string; state: KeyState },
  attempts: readonly AttemptView[],
  nowMs: number,
): number {
  if (!('untilMs' in state) || state.untilMs === null) return 1
  const began = attempts.findLast((attempt) => attempt.keyId === keyId || state.kind === 'host-held')
  return shareLeft(began ? endOf(began) : -Infinity, state.untilMs, nowMs)
}

/** When the last of these was over: what was so then is drawn as it was then. */
export const endedAtMs = (requests: readonly RequestView[]): number | null => {
  const ends = requests.flatMap((request) => request.endedAtMs ?? [])
  return ends.length === 0 ? null : Math.max(...ends)
}
