import { create } from 'zustand'
import type { ClientView, GatewayStatus } from '../../shared/gateway.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import { client } from './client.ts'

interface GatewayStore {
  /** Null until main has answered. */
  status: GatewayStatus | null
  clients: readonly ClientView[]
  refresh: () => Promise<void>
  /** Asks main to listen or to stop; what is shown afterwards is what main says it does. */
  switchTo: (wanted: { on: boolean; port?: number }) => Promise<void>
  /** Reads again what the events changed. */
  take: (events: readonly LiveEvent[]) => void
  /** The counters move with every request; they are read again only while somebody looks at them. */
  watch: () => () => void
}

const recountAfterMs = 500

/** Clients are known once the vault that holds them is open. */
const changesLists = ({ kind }: LiveEvent) => kind === 'gateway-changed' || kind === 'vault-changed'
const movesCounters = ({ kind }: LiveEvent) => kind === 'request-started' || kind === 'request-ended'

export const useGateway = create<GatewayStore>((set, get) => {
  let generation = 0
  let watchers = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  // A page that lost main shows that in its own place, and asks again when it is back.
  const read = () =>
    void get()
      .refresh()
      .catch(() => undefined)

  /** Many requests make one reading. */
  const recountSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      read()
    }, recountAfterMs)
  }

  return {
    status: null,
    clients: [],
    async refresh() {
      const mine = ++generation
      const [status, clients] = await Promise.all([client.gateway.status(), client.gateway.clients()])
      if (mine === generation) set({ status, clients })
    },
    async switchTo(wanted) {
      try {
        await client.gateway.switch(wanted)
      } finally {
        await get().refresh()
      }
    },
    take(events) {
      if (events.some(changesLists)) read()
      else if (watchers > 0 && events.some(movesCounters)) recountSoon()
    },
    watch() {
      watchers += 1
      recountSoon()
      return () => void (watchers -= 1)
    },
  }
})
