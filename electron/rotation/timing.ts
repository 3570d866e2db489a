import type { Clock } from './clock.ts'

/** Resolves after the delay, or as soon as the signal aborts. */
export function sleep(delayMs: number, signal: AbortSignal, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      cancel()
      signal.removeEventListener('abort', stop)
      resolve()
    }
    const cancel = clock.schedule(delayMs, stop)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
  })
}

export interface LinkedSignal {
  readonly signal: AbortSignal
  readonly isPastDeadline: boolean
  release(): void
}

/** One signal that aborts when the client leaves or when the deadline is over, whichever is first. */
export function linkSignals(client: AbortSignal | undefined, deadlineMs: number, clock: Clock): LinkedSignal {
  const controller = new AbortController()
  let isPastDeadline = false
  const abort = () => controller.abort()
  const cancel =
    deadlineMs === Infinity
      ? () => {}
      : clock.schedule(deadlineMs, () => {
          isPastDeadline = true
          abort()
        })
  client?.addEventListener('abort', abort, { once: true })
  if (client?.aborted) abort()
  return {
    signal: controller.signal,
    get isPastDeadline() {
      return isPastDeadline
    },
    release() {
      cancel()
      client?.removeEventListener('abort', abort)
    },
  }
}
