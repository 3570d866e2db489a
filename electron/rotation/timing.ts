import type { Clock } from './clock.ts'
import { Stop, type StopSignal } from './stop-signal.ts'

/** Resolves after the delay, or as soon as the signal aborts. */
export function sleep(delayMs: number, signal: StopSignal, clock: Clock): Promise<void> {
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

/** Stops when the client leaves or when the deadline is over, whichever is first. */
export class RequestStop extends Stop {
  isPastDeadline = false
  readonly #client: StopSignal | undefined
  readonly #cancelDeadline: (() => void) | undefined

  constructor(client: StopSignal | undefined, deadlineMs: number, clock: Clock) {
    super()
    this.#client = client
    this.#cancelDeadline = deadlineMs === Infinity ? undefined : clock.schedule(deadlineMs, this.#deadlineIsOver)
    client?.addEventListener('abort', this.#clientLeft, { once: true })
    if (client?.aborted) this.abort()
  }

  /** The request is over: it holds no timer and listens to nobody. */
  release(): void {
    this.#cancelDeadline?.()
    this.#client?.removeEventListener('abort', this.#clientLeft)
  }

  readonly #clientLeft = () => this.abort()

  readonly #deadlineIsOver = () => {
    this.isPastDeadline = true
    this.abort()
  }
}
