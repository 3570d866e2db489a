import type { GatewayState, GatewayStatus } from '../../../shared/gateway.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { PortHolder } from '../../loopback/port-holder.ts'
import type { Listened, Listening } from './listener.ts'

export interface SwitchDeps {
  settings: { get: () => Settings; set: (change: Pick<Settings, 'gateway'>) => unknown }
  /** Counts until a person switches it, and is not remembered. */
  forThisRun: { on: boolean; port?: number } | undefined
  listen: (port: number) => Promise<Listened>
  /** What is under way, and how many clients there are. */
  counts: () => Pick<GatewayStatus, 'inFlight' | 'clients'>
  onChange: () => void
}

/** The gateway is off until a person switches it on, and then on in every run until they switch it off. */
export type GatewaySwitch = ReturnType<typeof createGatewaySwitch>

export function createGatewaySwitch({ settings, forThisRun, listen, counts, onChange }: SwitchDeps) {
  let override = forThisRun
  let state: GatewayState = { kind: 'off' }
  let listening: Listening | null = null
  let isOver = false
  let work = Promise.resolve()

  const wanted = () => ({ ...settings.get().gateway, ...override })

  function show(next: GatewayState) {
    state = next
    onChange()
  }

  async function stop() {
    const stopping = listening
    listening = null
    await stopping?.close()
  }

  /** Brings the listener in line with what is wanted now, which may be another thing than when it was asked for. */
  async function follow() {
    const { on, port } = wanted()
    if (isOver || !on) {
      await stop()
      if (state.kind !== 'off') show({ kind: 'off' })
      return
    }
    if (listening?.port === port) return
    show({ kind: 'starting' })
    await stop()
    const listened = await listen(port)
    if (listened.kind === 'listening') listening = listened
    show(stateOf(listened))
  }

  const status = (): GatewayStatus => {
    const { port } = wanted()
    return { state, port, baseUrl: `http://127.0.0.1:${port}/v1`, ...counts() }
  }

  /** One after the other, so that two changes at once leave one listener. */
  const settle = () => (work = work.then(follow, follow))

  return {
    status,
    start: settle,
    async set(change: { on: boolean; port?: number | undefined }): Promise<GatewayStatus> {
      const { port } = wanted()
      override = undefined
      settings.set({ gateway: { on: change.on, port: change.port ?? port } })
      await settle()
      return status()
    },
    close() {
      isOver = true
      return settle()
    },
  }
}

function stateOf(listened: Listened): GatewayState {
  switch (listened.kind) {
    case 'listening':
      return { kind: 'on', hasIpv6: listened.hasIpv6 }
    case 'port-taken':
      return { kind: 'port-taken', address: listened.address, holder: listened.holder && nameOf(listened.holder) }
    case 'failed':
      return listened
    default:
      return listened satisfies never
  }
}

const nameOf = ({ program, pid }: PortHolder) => `${program} (${pid})`
