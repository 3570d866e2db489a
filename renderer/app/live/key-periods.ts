/** What state a key was in, and from when to when: the bars of the lanes and the drain of the wheel. */
import type { KeyState } from '../../../shared/key.ts'
import type { OutcomeView } from '../../../shared/outcome.ts'

export interface KeyPeriod {
  state: KeyState
  /** -Infinity when the page did not see it begin. */
  fromMs: number
  /** Null while it lasts. */
  toMs: number | null
  /** The failure that began it, when one did. */
  outcome: OutcomeView | null
}

const maxPeriodsPerKey = 500
/** A key's state changes in the same moment as its attempt ends; the two events may come in either order. */
const sameMomentMs = 1_000

interface KeyHistory {
  /** Null while main has not said it: of a failure alone it cannot be told. */
  state: KeyState | null
  periods: KeyPeriod[]
  lastFailure: { atMs: number; outcome: OutcomeView } | null
}

export class KeyPeriods {
  private readonly keys: (KeyHistory | undefined)[] = []

  /** The state that main last reported. */
  state(key: number): KeyState | null {
    return this.keys[key]?.state ?? null
  }

  /** Oldest first; ready is no period. */
  of(key: number): readonly KeyPeriod[] {
    return this.keys[key]?.periods ?? []
  }

  change(key: number, state: KeyState, atMs: number): void {
    const history = this.historyOf(key)
    const open = history.periods.at(-1)
    history.state = state
    if (open?.toMs === null) {
      if (open.state.kind === state.kind) {
        open.state = state
        return
      }
      open.toMs = atMs
    }
    if (state.kind === 'ready') return
    const { lastFailure } = history
    const outcome = lastFailure && atMs - lastFailure.atMs <= sameMomentMs ? lastFailure.outcome : null
    history.periods.push({ state, fromMs: atMs, toMs: null, outcome })
    if (history.periods.length > maxPeriodsPerKey) history.periods.shift()
  }

  failed(key: number, outcome: OutcomeView, atMs: number): void {
    const history = this.historyOf(key)
    history.lastFailure = { atMs, outcome }
    const open = history.periods.at(-1)
    if (open?.toMs === null && open.outcome === null && atMs - open.fromMs <= sameMomentMs) open.outcome = outcome
  }

  /** Takes the state from a listing of the models, for a key whose change the page did not see. */
  seed(
    key: number,
    state: KeyState,
    since: { fromMs: number | null; outcome: OutcomeView | null },
    nowMs: number,
  ): void {
    const history = this.historyOf(key)
    // A longer wait in the same state begins no other period.
    if (history.state !== null) return this.change(key, state, nowMs)
    history.state = state
    if (state.kind === 'ready') return
    history.periods.push({ state, fromMs: since.fromMs ?? -Infinity, toMs: null, outcome: since.outcome })
  }

  /** Takes what main kept of the time before, which knows better when a state began than a listing does. */
  remember(key: number, states: readonly { atMs: number; state: KeyState }[]): void {
    const [first] = states
    const last = states.at(-1)
    if (!first || !last) return
    const history = this.historyOf(key)
    history.state ??= last.state
    const seen = history.periods
    const told = periodsOf(states).map((period) => ({ ...period, outcome: outcomeOf(period, seen) }))
    const later = seen.filter(({ fromMs }) => fromMs > last.atMs)
    const open = told.at(-1)
    if (open?.toMs === null && later[0]?.state.kind === open.state.kind) {
      // It is the same one, of which the page saw only the end.
      const { state, toMs, outcome } = later.shift()!
      Object.assign(open, { state, toMs, outcome: open.outcome ?? outcome })
    } else if (open?.toMs === null && (later.length > 0 || history.state.kind !== open.state.kind)) {
      open.toMs = later[0]?.fromMs ?? seen.at(-1)?.toMs ?? last.atMs
    }
    const earlier = seen.filter(({ fromMs, toMs }) => Number.isFinite(fromMs) && toMs !== null && toMs <= first.atMs)
    history.periods = [...earlier, ...told, ...later].slice(-maxPeriodsPerKey)
  }

  /** Says what began a period of which only the state was known. */
  explain(key: number, outcome: OutcomeView, atMs: number): void {
    const period = this.keys[key]?.periods.find(({ fromMs }) => Math.abs(fromMs - atMs) <= sameMomentMs)
    if (period) period.outcome ??= outcome
  }

  private historyOf(key: number): KeyHistory {
    return (this.keys[key] ??= { state: null, periods: [], lastFailure: null })
  }
}

function periodsOf(states: readonly { atMs: number; state: KeyState }[]): KeyPeriod[] {
  const periods: KeyPeriod[] = []
  for (const { atMs, state } of states) {
    const open = periods.at(-1)
    if (open?.toMs === null) {
      if (open.state.kind === state.kind) {
        open.state = state
        continue
      }
      open.toMs = atMs
    }
    if (state.kind !== 'ready') periods.push({ state, fromMs: atMs, toMs: null, outcome: null })
  }
  return periods
}

const outcomeOf = (period: KeyPeriod, seen: readonly KeyPeriod[]): OutcomeView | null =>
  seen.find(({ state, fromMs }) => state.kind === period.state.kind && Math.abs(fromMs - period.fromMs) <= sameMomentMs)
    ?.outcome ?? null
