import type { StopSignal } from '../../rotation/stop-signal.ts'

/** How many answers a client may have under way, and how many more of its requests may wait for one to end. */
export interface SlotLimits {
  active: number
  waiting: number
}

export interface Slots {
  /** Counts a request in, or says that too many are there. What was entered must leave. */
  enter(client: string): Entry | null
}

export interface Entry {
  /** Resolves when it is this request's turn; false when it was given up before. */
  turn(signal: StopSignal): Promise<boolean> | true
  leave(): void
}

/** One client's requests. */
class Client {
  entered = 0
  active = 0
  /** In order of arrival. */
  readonly waiting = new Set<(ok: boolean) => void>()

  next(limit: number): void {
    const [first] = this.waiting
    if (!first || this.active >= limit) return
    this.waiting.delete(first)
    this.active += 1
    first(true)
  }
}

class Entered implements Entry {
  readonly #client: Client
  readonly #limit: number
  readonly #left: () => void
  #isActive = false

  constructor(client: Client, limit: number, left: () => void) {
    this.#client = client
    this.#limit = limit
    this.#left = left
    client.entered += 1
  }

  turn(signal: StopSignal): Promise<boolean> | true {
    const client = this.#client
    if (client.active >= this.#limit) return this.#wait(signal)
    client.active += 1
    this.#isActive = true
    return true
  }

  leave(): void {
    const client = this.#client
    client.entered -= 1
    if (this.#isActive) client.active -= 1
    if (client.waiting.size > 0) client.next(this.#limit)
    if (client.entered === 0) this.#left()
  }

  #wait(signal: StopSignal): Promise<boolean> {
    const { waiting } = this.#client
    return new Promise<boolean>((resolve) => {
      const settle = (ok: boolean) => {
        waiting.delete(settle)
        this.#isActive = ok
        resolve(ok)
      }
      waiting.add(settle)
      signal.addEventListener('abort', () => settle(this.#isActive), { once: true })
    })
  }
}

export function createSlots(limits: SlotLimits): Slots {
  const clients = new Map<string, { client: Client; left: () => void }>()

  function open(name: string) {
    const opened = { client: new Client(), left: () => void clients.delete(name) }
    clients.set(name, opened)
    return opened
  }

  return {
    enter(name) {
      const { client, left } = clients.get(name) ?? open(name)
      if (client.entered >= limits.active + limits.waiting) return null
      return new Entered(client, limits.active, left)
    },
  }
}
