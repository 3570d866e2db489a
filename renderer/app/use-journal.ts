import { useEffect, useState } from 'react'
import { useConnection } from './connection-store.ts'
import { liveFeed } from './live-feed.ts'

/**
 * Asks the journal, and asks again every so often while the page is seen; `read` must keep its identity while it asks
 * the same. One question is under way at a time, and what has been answered stays until the next answer.
 */
export function useJournal<T>(read: (nowMs: number) => Promise<T>, everyMs: number): T | null {
  const [answer, setAnswer] = useState<T | null>(null)
  const connected = useConnection((store) => store.connection === 'open')
  useEffect(() => {
    let stopped = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      try {
        const next = await read(liveFeed.nowMs())
        if (!stopped) setAnswer(next)
      } catch {
        // The next question follows; a lost connection and a journal in trouble have their own notices.
      }
      if (!stopped) timer = setTimeout(askIfSeen, everyMs)
    }
    const askIfSeen = () => {
      clearTimeout(timer)
      if (!document.hidden && connected) void ask()
    }
    askIfSeen()
    document.addEventListener('visibilitychange', askIfSeen)
    return () => {
      stopped = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', askIfSeen)
    }
  }, [read, everyMs, connected])
  return answer
}
