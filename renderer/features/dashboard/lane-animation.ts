/** One animation frame loop draws the lanes, only when something new would be seen and never for more than a tenth of the time. */
import type { LiveFeed } from '../../app/live/feed.ts'

export interface LaneAnimation {
  /** Something other than the feed changed: draw at the next frame. */
  touch: () => void
  stop: () => void
}

/** As often as main tells of anything. */
const leastPauseMs = 100
const shareOfTime = 10
const reducedPauseMs = 1_000

interface AnimationDeps {
  feed: Pick<LiveFeed, 'history' | 'nowMs'>
  /** How long a pixel of the lanes is, in milliseconds; infinite while they are paused. */
  msPerPixel: () => number
  draw: () => void
  reducedMotion: () => boolean
}

export function animateLanes({ feed, msPerPixel, draw, reducedMotion }: AnimationDeps): LaneAnimation {
  let frame = 0
  let touched = true
  let seenVersion = -1
  let drawnAtMs = -Infinity
  let drawnNowMs = -Infinity
  let costMs = 0

  const isDue = (atMs: number) => {
    if (touched) return true
    const pauseMs = Math.max(leastPauseMs, costMs * shareOfTime)
    if (atMs - drawnAtMs < pauseMs) return false
    if (seenVersion !== feed.history.version) return true
    const stepMs = reducedMotion() ? Math.max(reducedPauseMs, msPerPixel()) : msPerPixel() / 2
    return feed.nowMs() - drawnNowMs >= stepMs
  }

  const step = (atMs: number) => {
    frame = requestAnimationFrame(step)
    if (!isDue(atMs)) return
    touched = false
    seenVersion = feed.history.version
    drawnAtMs = atMs
    drawnNowMs = feed.nowMs()
    const beganMs = performance.now()
    draw()
    costMs = performance.now() - beganMs
  }

  frame = requestAnimationFrame(step)
  return {
    touch: () => (touched = true),
    stop: () => cancelAnimationFrame(frame),
  }
}
