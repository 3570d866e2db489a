import { useEffect, useState } from 'react'
import { liveFeed } from '../../app/live-feed.ts'
import type { RangeMinutes } from '../../app/time-range.ts'

export interface RangeStart {
  /** Null is everything that is kept. */
  minutes: RangeMinutes | null
  fromMs: number | null
}

const minuteMs = 60_000
/** So many steps lead through the range: none is worth a row's notice. */
const steps = 60
const leastStepMs = 1_000

const startOf = (minutes: RangeMinutes | null): RangeStart => ({
  minutes,
  fromMs: minutes === null ? null : liveFeed.nowMs() - minutes * minuteMs,
})

/** Where a range that ends now begins; it moves on with the time. */
export function useRangeStart(minutes: RangeMinutes | null): RangeStart {
  const [start, setStart] = useState(() => startOf(minutes))
  const current = start.minutes === minutes ? start : startOf(minutes)
  if (current !== start) setStart(current)
  useEffect(() => {
    if (minutes === null) return undefined
    const timer = setInterval(() => setStart(startOf(minutes)), Math.max(leastStepMs, (minutes * minuteMs) / steps))
    return () => clearInterval(timer)
  }, [minutes])
  return current
}
