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
  turn(signal: AbortSignal): Promise<boolean> | true
  leave(): void
}

interface Client {
  entered: number
  active: number
  /** In order of arrival. */
  waiting: Set<(ok: boolean) => void>
}

export function createSlots(limits: SlotLimits): Slots {
  const clients = new Map<string, Client>()

  function next(client: Client) {
    const [first] = client.waiting
    if (!first || client.active >= limits.active) return
    client.waiting.delete(first)
    client.active += 1
    first(true)
  }

  return {
    enter(name) {
      const client = clients.get(name) ?? { entered: 0, active: 0, waiting: new Set() }
      if (client.entered >= limits.active + limits.waiting) return null
      clients.set(name, client)
      client.entered += 1
      let isActive = false
      return {
        turn(signal) {
          if (client.active < limits.active) {
            client.active += 1
            isActive = true
            return true
          }
          return new Promise<boolean>((resolve) => {
            const settle = (ok: boolean) => {
              client.waiting.delete(settle)
              isActive = ok
              resolve(ok)
            }
            client.waiting.add(settle)
            signal.addEventListener('abort', () => settle(isActive), { once: true })
          })
        },
        leave() {
          client.entered -= 1
          if (isActive) client.active -= 1
          next(client)
          if (client.entered === 0) clients.delete(name)
        },
      }
    },
  }
}
