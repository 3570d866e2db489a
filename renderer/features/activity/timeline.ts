/** The attempts of a request on one line of time: where each begins and ends, as shares of the whole. */
import type { RequestView } from '../../../shared/request.ts'

export interface TimelineBar {
  number: number
  from: number
  width: number
}

/** Even an attempt that failed at once can be seen and pointed at. */
const leastWidth = 0.008

export function timelineOf(request: RequestView, nowMs: number): TimelineBar[] {
  const endMs = Math.max(request.endedAtMs ?? nowMs, ...request.attempts.map((attempt) => endOf(attempt, nowMs)))
  const wholeMs = Math.max(1, endMs - request.startedAtMs)
  return request.attempts.map((attempt) => {
    const from = clamp((attempt.startedAtMs - request.startedAtMs) / wholeMs)
    const to = clamp((endOf(attempt, nowMs) - request.startedAtMs) / wholeMs)
    const width = Math.max(leastWidth, to - from)
    return { number: attempt.number, from: Math.min(from, 1 - width), width }
  })
}

const endOf = (attempt: RequestView['attempts'][number], nowMs: number): number =>
  attempt.durationMs === null ? nowMs : attempt.startedAtMs + attempt.durationMs

const clamp = (share: number): number => Math.min(1, Math.max(0, share))
