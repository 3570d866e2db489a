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

/** The key that was leased last at a model, at most once a frame. */
export const usePick = (modelId: string): Pick | null =>
  useSyncExternalStore(liveFeed.subscribe, () => liveFeed.history.pick(modelId))

export const useDropped = (): number => useSyncExternalStore(liveFeed.subscribe, liveFeed.dropped)
