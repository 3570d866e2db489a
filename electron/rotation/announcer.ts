import type { KeyState } from '../../shared/key.ts'
import type { Clock } from './clock.ts'
import { WaitingRoom } from './waiting-room.ts'

export type PoolEvent = { kind: 'key-state'; keyId: string; state: KeyState }

/** What the announcer asks of its pool when it has something to tell. */
export interface Announced {
  keyState(slot: number): PoolEvent
  /** Monotonic; when time alone changes a key. */
  nextChangeMs(): number
  wake(): void
}

/**
 * Tells the world what has changed, after it has: those who wait are called, those who observe hear of every key, also
 * when it is only time that changes one. Without an observer it sets no timer.
 */
export class Announcer {
  readonly room: WaitingRoom
  readonly #clock: Clock
  readonly #nowMs: () => number
  readonly #observe: ((event: PoolEvent) => void) | undefined
  readonly #pool: Announced
  #changed = new Set<number>()
  #hasNewUsable = false
  #isClosed = false
  #timer: { atMs: number; cancel: () => void } | undefined

  constructor(pool: Announced, clock: Clock, nowMs: () => number, observe: ((event: PoolEvent) => void) | undefined) {
    this.#pool = pool
    this.#clock = clock
    this.#nowMs = nowMs
    this.#observe = observe
    this.room = new WaitingRoom(clock, nowMs)
  }

  get isObserved() {
    return this.#observe !== undefined
  }

  noteChange(slot: number, isUsable: boolean): void {
    if (isUsable) this.#hasNewUsable = true
    if (this.#observe) this.#changed.add(slot)
  }

  /** Slots mean other keys from now on. */
  forget(): void {
    this.#changed.clear()
  }

  noteUsable(): void {
    this.#hasNewUsable = true
  }

  flush(): void {
    if (this.#observe && this.#changed.size > 0) {
      // All of them first: whoever hears of one may change the list.
      const events = [...this.#changed].map((slot) => this.#pool.keyState(slot))
      this.#changed.clear()
      for (const event of events) this.#observe(event)
    }
    if (this.#hasNewUsable) {
      this.#hasNewUsable = false
      this.room.call()
    }
    if (this.#observe) this.#armTimer()
  }

  close(): void {
    this.#isClosed = true
    this.#timer?.cancel()
    this.room.call()
  }

  #armTimer(): void {
    const atMs = this.#isClosed ? Infinity : this.#pool.nextChangeMs()
    if (this.#timer?.atMs === atMs) return
    this.#timer?.cancel()
    this.#timer = undefined
    if (atMs === Infinity) return
    const cancel = this.#clock.schedule(atMs - this.#nowMs(), () => {
      this.#timer = undefined
      this.#pool.wake()
      this.flush()
    })
    this.#timer = { atMs, cancel }
  }
}
