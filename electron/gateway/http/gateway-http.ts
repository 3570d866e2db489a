import { randomBytes, randomUUID } from 'node:crypto'
import type { Settings } from '../../../shared/settings.ts'
import type { Bus } from '../../events/bus.ts'
import { createFailureThrottle } from '../../loopback/failure-throttle.ts'
import { findPortHolder } from '../../loopback/port-holder.ts'
import type { Catalogue } from '../../models/stored-model.ts'
import type { Clock } from '../../rotation/clock.ts'
import type { Vault } from '../../vault/vault.ts'
import { createClientLimits } from '../clients/client-limits.ts'
import { createClientStore } from '../clients/client-store.ts'
import { createClientUsage } from '../clients/client-usage.ts'
import { createClients, type Clients } from '../clients/clients.ts'
import { openDayLedger, type LedgerFile } from '../clients/day-ledger.ts'
import type { Gateway } from '../gateway.ts'
import { createBodyBudget } from './body-budget.ts'
import { createGatewaySwitch, type GatewaySwitch } from './gateway-switch.ts'
import { gatewayHttpLimits } from './limits.ts'
import { listenOnLoopback } from './listener.ts'
import { createMetrics } from './metrics.ts'
import { createServe } from './serve-request.ts'
import { createSlots } from './slots.ts'
import { createTurnEnd } from './turn-end.ts'
import { createHalfClosed } from './half-closed.ts'
import { createUnderWay } from './under-way.ts'

/** The gateway as other programs reach it: its switch, and the clients that may use it. */
export interface GatewayHttp {
  readonly switch: GatewaySwitch
  readonly clients: Clients
  /** Cuts off every answer under way. */
  cut: () => void
  /** Ends what is under way, and writes down what clients have used. */
  close: () => Promise<void>
}

export interface GatewayHttpDeps {
  gateway: Gateway
  vault: Vault<Catalogue>
  settings: { get: () => Settings; set: (change: Pick<Settings, 'gateway'>) => unknown }
  /** What this host wants of it at the start, whatever the settings say. */
  forThisRun: { on: boolean; port?: number } | undefined
  /** Fails unless the vault and the interface are open. */
  gate: () => void
  bus: Bus
  clock: Clock
  ledgerFile: LedgerFile
  keyStates: () => Iterable<string>
  reportBug: (error: unknown) => void
}

export async function openGatewayHttp(deps: GatewayHttpDeps): Promise<GatewayHttp> {
  const { gateway, vault, settings, forThisRun, gate, bus, clock, ledgerFile, keyStates, reportBug } = deps
  const { wallMs, schedule } = clock
  const limits = gatewayHttpLimits
  const onChange = () => bus.publish({ kind: 'gateway-changed' })

  const ledger = await openDayLedger({ file: ledgerFile, wallMs, schedule, reportBug })
  const usage = createClientUsage({ ledger, wallMs, clientNamed: (name) => clients.named(name) })
  const underWay = createUnderWay()
  const clients = createClients({
    store: createClientStore(vault),
    usage,
    gate,
    newId: randomUUID,
    random: randomBytes,
    wallMs,
    onChange,
    onRevoked: (id) => underWay.end(id),
  })
  const metrics = createMetrics({ inFlight: usage.inFlight, keyStates })
  bus.subscribe(() => clients.refresh(), ['vault-changed'])
  bus.subscribe((event) => usage.record(event), ['request-started', 'request-ended'])
  bus.subscribe((event) => metrics.record(event), ['request-started', 'attempt-ended', 'request-ended'])

  const serve = createServe({
    gateway,
    clients,
    usage,
    clientLimits: createClientLimits({ ledger, wallMs }),
    slots: createSlots({ active: limits.streamsPerClient, waiting: limits.waitingPerClient }),
    bodies: createBodyBudget(limits.maxBodiesBytes),
    throttle: createFailureThrottle(clock),
    metrics: metrics.answer,
    underWay,
    limits,
    atTurnEnd: createTurnEnd(),
    reportBug,
  })
  const onHalfClosed = createHalfClosed(underWay, schedule)
  const gatewaySwitch = createGatewaySwitch({
    settings,
    forThisRun,
    listen: (port) => listenOnLoopback({ serve, onHalfClosed, limits, schedule, findPortHolder }, port),
    counts: () => ({ inFlight: usage.inFlight(), clients: clients.count() }),
    onChange,
  })

  return {
    switch: gatewaySwitch,
    clients,
    cut: () => underWay.endAll(),
    async close() {
      await gatewaySwitch.close()
      await ledger.close()
    },
  }
}
