import { useSyncExternalStore } from 'react'

/** One clock for the whole page: everything that counts down ticks together, once a second, and only while it is seen. */
const listeners = new Set<() => void>()
let nowMs = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function tick(): void {
  nowMs = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function snapshot(): number {
  // Without listeners nothing ticks, so a reader that comes later would see an old time.
  if (timer === undefined) nowMs = Date.now()
  return nowMs
}

export const useNow = (): number => useSyncExternalStore(subscribe, snapshot)
