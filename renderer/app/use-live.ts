import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { liveFeed } from './live-feed.ts'
import type { Pick } from './live/history.ts'

/** Main's clock, read every so often: what is computed from the history is computed again at that pace, not per event. */
export function useLiveNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(liveFeed.nowMs)
  useEffect(() => {
    const tick = () => {
      if (!document.hidden) setNowMs(liveFeed.nowMs())
    }
    const timer = setInterval(tick, everyMs)
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [everyMs])
  return nowMs
}

/** Reads something from the history every so often; `read` must keep its identity while what it reads is the same. */
export function useLiveRead<T>(read: (nowMs: number) => T, everyMs: number): T {
  const nowMs = useLiveNow(everyMs)
  return useMemo(() => read(nowMs), [read, nowMs])
}

const leastPauseMs = 250

/** Passes a change on at once, and those that follow within a quarter of a second as one. */
function subscribeCalmly(changed: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let passedAtMs = -Infinity
  const pass = () => {
    timer = undefined
    passedAtMs = performance.now()
    changed()
  }
  const unsubscribe = liveFeed.subscribe(() => {
    const waitMs = passedAtMs + leastPauseMs - performance.now()
    if (waitMs <= 0) pass()
    else timer ??= setTimeout(pass, waitMs)
  })
  return () => {
    clearTimeout(timer)
    unsubscribe()
  }
}

/** The key that was leased last at a model, at most four times a second. */
export const usePick = (modelId: string): Pick | null =>
  useSyncExternalStore(subscribeCalmly, () => liveFeed.history.pick(modelId))

export const useDropped = (): number => useSyncExternalStore(liveFeed.subscribe, liveFeed.dropped)
