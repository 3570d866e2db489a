import { onTestFinished } from 'vitest'
import { createBus } from '../../electron/events/bus.ts'
import { createGateway, type GatewayRequest } from '../../electron/gateway/gateway.ts'
import { servedModel } from '../../electron/gateway/served-model.ts'
import { indexModels } from '../../electron/gateway/served-models.ts'
import { hostOf } from '../../electron/models/api-base.ts'
import { storedModel } from '../../electron/models/stored-model.ts'
import { Pool } from '../../electron/rotation/pool.ts'
import { createSharedState } from '../../electron/rotation/shared-state.ts'
import { noExtraHeaders } from '../../electron/upstream/extra-headers.ts'
import { createUpstream, type UpstreamDeps } from '../../electron/upstream/upstream.ts'
import { upstreamModelId } from '../../electron/dotenv/index.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { Strategy } from '../../shared/model.ts'
import { FakeClock } from './fake-clock.ts'
import { aKeyId, aModelId, aRequestId } from './events.ts'

export interface ModelSetUp {
  name: string
  apiBase: string
  secrets: readonly string[]
  provider?: string | null
  temperature?: number | null
  strategy?: Strategy
  aliases?: readonly string[]
  /** By name, which is also their id. */
  fallbacks?: readonly string[]
  deadlineMs?: number
}

export interface Asking {
  path?: string
  method?: string
  headers?: Record<string, string>
  pinnedKeyId?: string
  allowedModels?: readonly string[]
  signal?: AbortSignal
}

/** The gateway itself over real sockets to the provider, on a clock that a test moves. A model's id is its name. */
export function aGatewayInProcess(setUps: readonly ModelSetUp[], upstreamDeps: Partial<UpstreamDeps> = {}) {
  const clock = new FakeClock()
  const shared = createSharedState(clock)
  const events: LiveEvent[] = []
  const bus = createBus({ wallMs: clock.wallMs, onListenerError: () => {} })
  bus.subscribe((event) => void events.push(event))
  const upstream = createUpstream({ clock, ...upstreamDeps })
  onTestFinished(upstream.close)
  const secretOf = (name: string, key: string) => setUps.find((one) => one.name === name)?.secrets[numberOf(key) - 1]
  const models = indexModels(setUps.map((setUp) => served(setUp, { clock, random: () => 0, shared })))
  const gateway = createGateway({
    models: () => models,
    secretOf,
    extraHeadersOf: () => noExtraHeaders,
    isLocked: () => false,
    upstream,
    publish: bus.publish,
    clock,
  })
  let asked = 0

  const handle = (body: object | Buffer, asking: Asking = {}) =>
    gateway.handle({
      id: aRequestId(`request-${(asked += 1)}`),
      client: 'test',
      method: asking.method ?? 'POST',
      path: asking.path ?? '/v1/chat/completions',
      headers: { 'content-type': 'application/json', ...asking.headers },
      body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify({ messages: hello, ...body })),
      allowedModels: asking.allowedModels ? new Set(asking.allowedModels.map(aModelId)) : null,
      pinnedKeyId: asking.pinnedKeyId === undefined ? null : aKeyId(asking.pinnedKeyId),
      conversation: null,
      signal: asking.signal ?? new AbortController().signal,
    } satisfies GatewayRequest)

  async function ask(body: object | Buffer, asking: Asking = {}) {
    const { status, headers, body: answer } = await handle(body, asking)
    return { status, headers, text: await textOf(answer) }
  }

  /** Resolves when a request waits for a key. */
  const parked = () =>
    new Promise<void>((resolve) => {
      const leave = bus.subscribe((event) => {
        if (event.kind !== 'request-parked') return
        leave()
        resolve()
      })
    })

  return { clock, events, gateway, handle, ask, parked }
}

const hello = [{ role: 'user', content: 'hi' }]
const numberOf = (key: string) => Number(key.slice(key.lastIndexOf('/') + 1))

function served(setUp: ModelSetUp, deps: ConstructorParameters<typeof Pool>[1]) {
  const { name, apiBase, secrets, provider = null, temperature = null, strategy = 'ordered' } = setUp
  const { aliases = [], fallbacks = [], deadlineMs } = setUp
  const keys = secrets.map((secret, index) => ({
    id: `${name}/${index + 1}`,
    label: `${name}-${index + 1}`,
    fingerprint: secret,
    weight: 1,
    paused: false as const,
  }))
  const pool = new Pool({ id: name, model: name, host: hostOf(apiBase), strategy, keys, deadlineMs }, deps)
  onTestFinished(() => pool.dispose())
  const fresh = storedModel(aModelId(name), { name, provider, apiBase, temperature, strategy })
  const model = { ...fresh, aliases: [...aliases], fallbacks: fallbacks.map(aModelId) }
  return servedModel(model, pool, () => upstreamModelId(name, provider))
}

export async function textOf(body: Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
  if (body instanceof Uint8Array) return Buffer.from(body).toString()
  const pieces: Uint8Array[] = []
  for await (const piece of body) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}
