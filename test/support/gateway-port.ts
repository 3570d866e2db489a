import { randomBytes, randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { jsonAnswer } from '../../electron/gateway/answer.ts'
import { createClientLimits } from '../../electron/gateway/clients/client-limits.ts'
import type { ReadClients } from '../../electron/gateway/clients/client-store.ts'
import { createClientUsage } from '../../electron/gateway/clients/client-usage.ts'
import { createClients } from '../../electron/gateway/clients/clients.ts'
import { openDayLedger } from '../../electron/gateway/clients/day-ledger.ts'
import type { StoredClient } from '../../electron/models/stored-client.ts'
import type { Gateway, GatewayRequest } from '../../electron/gateway/gateway.ts'
import { createBodyBudget } from '../../electron/gateway/http/body-budget.ts'
import { gatewayHttpLimits, type GatewayHttpLimits } from '../../electron/gateway/http/limits.ts'
import { listenOnLoopback } from '../../electron/gateway/http/listener.ts'
import { createMetrics } from '../../electron/gateway/http/metrics.ts'
import { createServe } from '../../electron/gateway/http/serve-request.ts'
import { createSlots } from '../../electron/gateway/http/slots.ts'
import { createHalfClosed } from '../../electron/gateway/http/half-closed.ts'
import { createUnderWay } from '../../electron/gateway/http/under-way.ts'
import type { FailureThrottle } from '../../electron/loopback/failure-throttle.ts'
import { systemClock } from '../../electron/rotation/system-clock.ts'
import { createTurnEnd } from '../../electron/gateway/http/turn-end.ts'
import type { NewClient } from '../../shared/gateway.ts'

export interface GatewayPortOptions {
  limits?: Partial<GatewayHttpLimits>
  handle?: Gateway['handle']
  throttle?: FailureThrottle
  isVaultLocked?: () => boolean
  wallMs?: () => number
}

export const aNewClient = (over: Partial<NewClient> = {}): NewClient => ({
  name: 'notebook',
  allowedModels: null,
  requestsPerMinute: null,
  tokensPerDay: null,
  ...over,
})

/** The real listener with its checks and limits, before a gateway that a test hands in. */
export async function aGatewayPort(options: GatewayPortOptions = {}) {
  const limits = { ...gatewayHttpLimits, ...options.limits }
  const wallMs = options.wallMs ?? systemClock.wallMs
  const requests: GatewayRequest[] = []
  const bugs: unknown[] = []
  const reportBug = (error: unknown) => void bugs.push(error)
  const file = { read: () => Promise.resolve(null), write: () => Promise.resolve() }
  const ledger = await openDayLedger({ file, wallMs, schedule: () => () => {}, reportBug })
  const usage = createClientUsage({ ledger, wallMs, clientNamed: (name) => clients.named(name) })
  const underWay = createUnderWay()
  const clients = createClients({
    store: aClientStore(options.isVaultLocked ?? (() => false)),
    usage,
    gate: () => {},
    newId: randomUUID,
    random: randomBytes,
    wallMs,
    onChange: () => {},
    onRevoked: (id) => underWay.end(id),
  })
  clients.refresh()
  const handle = options.handle ?? (() => Promise.resolve(jsonAnswer(200, { ok: true })))
  const serve = createServe({
    gateway: {
      handle(request) {
        requests.push(request)
        return handle(request)
      },
    },
    clients,
    usage,
    clientLimits: createClientLimits({ ledger, wallMs }),
    slots: createSlots({ active: limits.streamsPerClient, waiting: limits.waitingPerClient }),
    bodies: createBodyBudget(limits.maxBodiesBytes),
    throttle: options.throttle ?? { failed: () => Promise.resolve() },
    metrics: createMetrics({ inFlight: usage.inFlight, keyStates: () => [] }).answer,
    underWay,
    limits,
    atTurnEnd: createTurnEnd(),
    reportBug,
  })
  /** How every request that arrived was answered. */
  const answered: string[] = []
  const noted: typeof serve = (exchange) => {
    const { request, response } = exchange
    response.once('finish', () => answered.push(`${request.method} ${response.statusCode}`))
    serve(exchange)
  }
  const listening = await listenSomewhere(noted, createHalfClosed(underWay, systemClock.schedule), limits)
  onTestFinished(() => listening.close())
  const { port } = listening
  const mint = async (over: Partial<NewClient> = {}) => clients.mint(aNewClient(over))
  const { token } = await mint()
  return { port, host: `127.0.0.1:${port}`, token, mint, clients, usage, ledger, requests, answered, bugs, listening }
}

/** The port that is free on one loopback may be taken on the other. */
async function listenSomewhere(
  serve: ReturnType<typeof createServe>,
  onHalfClosed: ReturnType<typeof createHalfClosed>,
  limits: GatewayHttpLimits,
) {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const { schedule } = systemClock
    const deps = { serve, onHalfClosed, limits, schedule, findPortHolder: () => Promise.resolve(null) }
    const listened = await listenOnLoopback(deps, 0)
    if (listened.kind === 'listening') return listened
  }
  throw new Error('no port is free on both loopbacks')
}

function aClientStore(isLocked: () => boolean) {
  let kept: readonly StoredClient[] = []
  return {
    read: (): ReadClients => (isLocked() ? { kind: 'closed' } : { kind: 'open', clients: kept }),
    keep(_note: unknown, change: (clients: readonly StoredClient[]) => StoredClient[]) {
      kept = change(kept)
      return Promise.resolve()
    },
  }
}
