/** What buttons, keys, wheel and pointer do to the lanes' window: every way to move or zoom it is one of these. */
import { liveFeed } from '../../app/live-feed.ts'
import { rangeMinutes, useTimeRange, zoomed } from '../../app/time-range.ts'
import { useDashboard } from './dashboard-store.ts'
import { minuteMs } from './range-window.ts'

export const windowMs = (): number => useTimeRange.getState().minutes * minuteMs

/** The moment at the right edge. */
export const rightEdgeMs = (): number => useDashboard.getState().pausedAtMs ?? liveFeed.nowMs()

export const lookAt = (toMs: number): void => useDashboard.getState().lookAt(toMs, liveFeed.nowMs())

/** Moves by a share of the window; back in time when it is negative. */
export const scrub = (share: number): void => lookAt(rightEdgeMs() + share * windowMs())

export function togglePause(): void {
  const { pausedAtMs, pause, resume } = useDashboard.getState()
  if (pausedAtMs === null) pause(liveFeed.nowMs())
  else resume()
}

/** Live lanes keep now at their edge; those that stand still keep their middle. */
export function zoom(direction: 'in' | 'out'): void {
  const { minutes, choose } = useTimeRange.getState()
  const next = zoomed(minutes, direction)
  const { pausedAtMs } = useDashboard.getState()
  if (next === minutes) return
  choose(next)
  if (pausedAtMs !== null) lookAt(pausedAtMs + ((next - minutes) * minuteMs) / 2)
}

/** Shows a stretch of time with some room around it. */
export function zoomTo(fromMs: number, toMs: number): void {
  const { minutes, choose } = useTimeRange.getState()
  const fitting = rangeMinutes.find((range) => range * minuteMs >= toMs - fromMs) ?? minutes
  choose(fitting < minutes ? fitting : zoomed(minutes, 'in'))
  lookAt((fromMs + toMs) / 2 + windowMs() / 2)
}

const keyActions: Readonly<Record<string, () => void>> = {
  ArrowLeft: () => scrub(-0.25),
  ArrowRight: () => scrub(0.25),
  PageUp: () => scrub(-1),
  PageDown: () => scrub(1),
  End: () => useDashboard.getState().resume(),
  ' ': togglePause,
  '+': () => zoom('in'),
  '=': () => zoom('in'),
  '-': () => zoom('out'),
}

/** True when the key meant something. */
export function takeKey(key: string): boolean {
  const action = keyActions[key]
  action?.()
  return action !== undefined
}
