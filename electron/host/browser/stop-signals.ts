import process from 'node:process'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** As a shell reports a process that Ctrl-C ended. */
const interrupted = 130
const closeWithinMs = 5_000

/** Resolves at the first request to stop. A second one, or five seconds without an end, ends the process where it stands. */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const stop = () => {
      if (asked) process.exit(interrupted)
      asked = true
      setTimeout(() => process.exit(interrupted), closeWithinMs).unref()
      resolve()
    }
    for (const signal of signals) process.on(signal, stop)
  })
}
