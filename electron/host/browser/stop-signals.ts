import { performance } from 'node:perf_hooks'
import process from 'node:process'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** As a shell reports a process that Ctrl-C ended. */
const interrupted = 130
/** The gateway lets answers under way end for five seconds. */
const closeWithinMs = 8_000
/** Ctrl-C reaches us from the terminal, and again from npm, which passes it on: that is one request, not two. */
const sameRequestMs = 1_000

/** Resolves at the first request to stop. A second one, or eight seconds without an end, ends the process where it stands. */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    let askedAtMs: number | null = null
    const stop = () => {
      if (askedAtMs !== null && performance.now() - askedAtMs > sameRequestMs) process.exit(interrupted)
      if (askedAtMs !== null) return
      askedAtMs = performance.now()
      setTimeout(() => process.exit(interrupted), closeWithinMs).unref()
      resolve()
    }
    for (const signal of signals) process.on(signal, stop)
  })
}
