import type { Clock } from './clock.ts'
import type { StopSignal } from './stop-signal.ts'

/** A request that waits for a key keeps its seat until it leaves, so that who came first is served first. */
export interface Seat {
  /** Resolves when a key may have become usable, at `untilMs` at the latest, or when the signal aborts. */
  wait(untilMs: number, signal: StopSignal): Promise<void>
  leave(): void
}

export class WaitingRoom {
  readonly #clock: Pick<Clock, 'schedule'>
  readonly #nowMs: () => number
  readonly #seats = new Set<{ call: (() => void) | undefined }>()

  constructor(clock: Pick<Clock, 'schedule'>, nowMs: () => number) {
    this.#clock = clock
    this.#nowMs = nowMs
  }

  get size() {
    return this.#seats.size
  }

  /** Calls everybody, in the order in which they sat down; who finds nothing waits on. */
  call(): void {
    for (const seat of this.#seats) seat.call?.()
  }

  sit(): Seat {
    const seat: { call: (() => void) | undefined } = { call: undefined }
    this.#seats.add(seat)
    return {
      wait: (untilMs, signal) =>
        new Promise<void>((resolve) => {
          const stop = () => {
            seat.call = undefined
            cancel()
            signal.removeEventListener('abort', stop)
            resolve()
          }
          const cancel = this.#clock.schedule(Math.max(0, untilMs - this.#nowMs()), stop)
          seat.call = stop
          signal.addEventListener('abort', stop, { once: true })
          if (signal.aborted) stop()
        }),
      leave: () => void this.#seats.delete(seat),
    }
  }
}
