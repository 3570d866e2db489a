/**
 * What the path of a request needs of an AbortSignal. Every AbortSignal is one; a `Stop` is one that costs next to
 * nothing, and a request needs several.
 */
export interface StopSignal {
  readonly aborted: boolean
  /** Its time is up, and nobody has left. */
  readonly isPastDeadline?: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** Aborts once; whoever listens hears of it in order, and nobody twice. */
export class Stop implements StopSignal {
  aborted = false
  /** Nearly always there is at most one. */
  #first: (() => void) | null = null
  #others: (() => void)[] | null = null

  abort(): void {
    if (this.aborted) return
    this.aborted = true
    const first = this.#first
    this.#first = null
    first?.()
    // One of them may take another away.
    for (let next = this.#others?.shift(); next; next = this.#others?.shift()) next()
    this.#others = null
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    // As with an AbortSignal, whoever comes after the event hears nothing of it.
    if (this.aborted) return
    if (this.#first === null && this.#others === null) this.#first = listener
    else if (this.#first !== listener && !this.#others?.includes(listener)) (this.#others ??= []).push(listener)
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    if (this.#first === listener) this.#first = null
    else if (this.#others) this.#others = this.#others.filter((one) => one !== listener)
    if (this.#others?.length === 0) this.#others = null
  }
}

/** The same as an AbortSignal, for those who hand it to the platform (`fetch`). */
export function abortSignalOf(stop: StopSignal): AbortSignal {
  if (stop instanceof AbortSignal) return stop
  const controller = new AbortController()
  if (stop.aborted) controller.abort()
  else stop.addEventListener('abort', () => controller.abort(), { once: true })
  return controller.signal
}
