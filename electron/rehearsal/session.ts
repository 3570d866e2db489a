/** One rehearsal, from its beginning to its end: copies of the pools, a bus of its own, and an upstream that plays. */
import type { KeyId, ModelId, RequestId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { Fault, InjectionView, RehearsalReach, RehearsedKey } from '../../shared/rehearsal.ts'
import { rehearsalClient } from '../../shared/rehearsal-terms.ts'
import type { RequestView } from '../../shared/request.ts'
import { startedRequest, withEvent } from '../../shared/request-history.ts'
import type { Bus } from '../events/bus.ts'
import { createGateway, type Gateway } from '../gateway/gateway.ts'
import type { ExtraHeadersOf } from '../gateway/open-extra-headers.ts'
import type { ServedModels } from '../gateway/served-models.ts'
import type { Clock } from '../rotation/clock.ts'
import type { Pool } from '../rotation/pool.ts'
import { abortSignalOf } from '../rotation/stop-signal.ts'
import { noExtraHeaders } from '../upstream/extra-headers.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { copyModels, type CopiedModelsDeps } from './copied-models.ts'
import { createRehearsedUpstream } from './rehearsed-upstream.ts'
import type { Stage } from './stage.ts'

export interface SessionDeps {
  clock: Clock
  pools: CopiedModelsDeps['pools']
  models: () => ServedModels
  secretOf: (modelId: ModelId, keyId: KeyId) => string | undefined
  extraHeadersOf: ExtraHeadersOf
  isLocked: () => boolean
  upstream: Upstream
  stage: Stage
  /** The rehearsal's own: whoever counts what happens to the keys does not hear it. */
  bus: Bus
  onChange: () => void
}

export interface SessionOptions {
  modelId: ModelId
  reach: RehearsalReach
  /** A scenario's. */
  afresh: boolean
  meets: (keyId: KeyId) => Fault | null
  injectionOf: (keyId: KeyId) => InjectionView | null
}

export interface Session {
  readonly modelId: ModelId
  reach: RehearsalReach
  /** Answers a request of this rehearsal, under the rehearsal's name. */
  gateway: Gateway
  pool: () => Pool | undefined
  keys: () => RehearsedKey[]
  /** The newest first. */
  requests: () => RequestView[]
  find: (id: RequestId) => RequestView | undefined
  hasWaited: (id: RequestId) => boolean
  follow: () => void
  /** Cuts what is under way in it and drops the copies. */
  end: () => void
}

const shownRequests = 30
const shownKeys = 300

export function createSession(deps: SessionDeps, options: SessionOptions): Session {
  const { clock, bus, stage } = deps
  const { modelId, meets, injectionOf } = options
  const ending = new AbortController()
  const calls = new Map<KeyId, number>()
  const views = keepViews(bus)
  const copies = copyModels(
    { pools: deps.pools, models: deps.models, wallMs: clock.wallMs, onChange: deps.onChange },
    modelId,
    options.afresh,
  )
  let reach = options.reach
  const { upstream, secretOf } = createRehearsedUpstream({
    clock,
    stage,
    real: deps.upstream,
    secretOf: deps.secretOf,
    labelOf: (id, keyId) => labelIn(copies.models().byId(id)?.pool, keyId),
    answersHere: () => reach.answersHere,
    meets(casting) {
      calls.set(casting.keyId, (calls.get(casting.keyId) ?? 0) + 1)
      return casting.modelId === modelId ? meets(casting.keyId) : null
    },
  })
  const gateway = createGateway({
    models: copies.models,
    secretOf,
    // What is answered here is sent nothing of the vault.
    extraHeadersOf: (model) => (reach.answersHere ? noExtraHeaders : deps.extraHeadersOf(model)),
    isLocked: deps.isLocked,
    upstream,
    publish: bus.publish,
    clock,
  })

  return {
    modelId,
    get reach() {
      return reach
    },
    set reach(next) {
      reach = next
    },
    gateway: {
      async handle(request) {
        const signal = AbortSignal.any([abortSignalOf(request.signal), ending.signal])
        const answer = await gateway.handle({ ...request, client: rehearsalClient, signal })
        return { ...answer, headers: { ...answer.headers, 'x-keywheel-rehearsal': '1' } }
      },
    },
    pool: copies.pool,
    keys() {
      const snapshot = copies.pool()?.snapshot().keys.slice(0, shownKeys) ?? []
      return snapshot.map(({ keyId, label, state }) => {
        const id = keyId as KeyId
        return { keyId: id, label, state, calls: calls.get(id) ?? 0, injection: injectionOf(id) }
      })
    },
    requests: views.list,
    find: views.find,
    hasWaited: views.hasWaited,
    follow: copies.follow,
    end() {
      ending.abort()
      views.leave()
      copies.dispose()
      void upstream.close()
    },
  }
}

const labelIn = (pool: Pool | undefined, keyId: KeyId) => pool?.keyReports(keyId)[0]?.label

/** The last requests of a rehearsal, as its events leave them. */
function keepViews(bus: Bus) {
  const views = new Map<RequestId, RequestView>()
  const waited = new Set<RequestId>()
  const record = (event: LiveEvent) => {
    if (event.kind === 'request-started') views.set(event.requestId, startedRequest(event))
    else if ('requestId' in event) {
      const view = views.get(event.requestId)
      if (view) views.set(event.requestId, withEvent(view, event))
      if (event.kind === 'request-parked') waited.add(event.requestId)
    }
    const oldest = views.keys().next()
    if (views.size > shownRequests && !oldest.done) {
      views.delete(oldest.value)
      waited.delete(oldest.value)
    }
  }
  return {
    leave: bus.subscribe(record),
    list: () => [...views.values()].toReversed(),
    find: (id: RequestId) => views.get(id),
    hasWaited: (id: RequestId) => waited.has(id),
  }
}
