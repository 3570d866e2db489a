import { useEffect } from 'react'
import { createActivityReport } from './activity-report.ts'
import { client } from './client.ts'
import { useConnection } from './connection-store.ts'
import { useVault } from './vault-store.ts'

/** Well under the shortest idle time that can be set, which is a minute. */
const everyMs = 15_000
const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const

/** Tells main that somebody is at work, while there is an open interface that would lock without it. */
export function useActivityReport(): void {
  const open = useVault((store) => store.status?.interface === 'open')
  const heard = useConnection((store) => store.connection === 'open')
  useEffect(() => {
    if (!open || !heard) return undefined
    // A report that does not arrive is followed by the next one.
    const told = createActivityReport({ everyMs, report: () => void client.vault.activity().catch(() => undefined) })
    const notice = (event: Event) => told(event.timeStamp)
    for (const sign of signs) window.addEventListener(sign, notice, { passive: true, capture: true })
    return () => {
      for (const sign of signs) window.removeEventListener(sign, notice, { capture: true })
    }
  }, [open, heard])
}
