/** At most one rehearsal at a time, only in memory: nothing of it outlives the process, and no real key hears of it. */
import { Failure } from '../../shared/failure.ts'
import type { ChatInput, ChatEvent } from '../../shared/chat.ts'
import type { KeyId, ModelId } from '../../shared/identity.ts'
import type {
  Injected,
  RehearsalReach,
  RehearsalSend,
  RehearsalStatus,
  RehearsalView,
  ScenarioInput,
} from '../../shared/rehearsal.ts'
import { keysNeeded } from '../../shared/rehearsal-terms.ts'
import { readBody } from '../gateway/body/request-body.ts'
import type { Gateway, GatewayRequest } from '../gateway/gateway.ts'
import { routeOf } from '../gateway/routes.ts'
import { callableKeys } from './copied-models.ts'
import { createInjections, type Injections } from './injections.ts'
import { createScenarioRun, type ScenarioRun } from './scenario-run.ts'
import { createSession, type Session, type SessionDeps } from './session.ts'

/** The playground's way of asking, through the gateway that it is handed. */
export type ChatThrough = (
  gateway: Gateway,
) => (input: ChatInput, signal: AbortSignal | undefined) => AsyncGenerator<ChatEvent>

export interface RehearsalDeps extends SessionDeps {
  chatThrough: ChatThrough
  /** Which model is rehearsed, and by which scenario where one plays, when that begins and when it is over. */
  tell: (step: 'rehearsal-began' | 'rehearsal-ended', about: { model: string; scenario?: string }) => void
  reportBug: (error: unknown) => void
}

/** Whose requests come by this way. */
export type Origin = 'playground' | 'gateway'

export interface Rehearsal {
  status: () => RehearsalStatus
  begin: (modelId: ModelId, reach: RehearsalReach) => RehearsalStatus
  change: (reach: RehearsalReach) => RehearsalStatus
  inject: (injected: Injected) => RehearsalStatus
  clear: (keyId: KeyId | null) => RehearsalStatus
  /** Sends requests through it, one after the other; ends when the last has ended. */
  send: (wanted: RehearsalSend, signal?: AbortSignal) => Promise<void>
  /** Plays a scenario from its beginning; what was on before ends. */
  play: (wanted: ScenarioInput) => RehearsalStatus
  end: () => RehearsalStatus
  /** The same gateway, but for requests that a rehearsal reaches. */
  reaching: (origin: Origin, real: Gateway) => Gateway
  /** Whether answers of this model cost nothing now. */
  isFree: (modelId: ModelId) => boolean
  /** The models were edited, or can no longer be seen. */
  modelsChanged: () => void
  close: () => void
}

interface On {
  session: Session
  /** As it is told of. */
  about: { model: string; scenario?: string }
  injections: Injections
  scenario: ScenarioRun | null
  ending: AbortController
}

export function createRehearsal(deps: RehearsalDeps): Rehearsal {
  const { clock, onChange } = deps
  let on: On | null = null
  let lastScenario: ScenarioRun | null = null

  const status = (): RehearsalStatus => ({
    rehearsal: on && viewOf(on, deps),
    scenario: lastScenario && lastScenario.view(),
  })
  const changed = (): RehearsalStatus => {
    onChange()
    return status()
  }

  function open(modelId: ModelId, reach: RehearsalReach, needed: number, scenario: ScenarioRun | null): On {
    checkKeys(deps, modelId, needed)
    endNow()
    const injections = createInjections(clock)
    const session = createSession(deps, {
      modelId,
      reach,
      afresh: scenario !== null,
      meets: scenario ? scenario.meets : injections.next,
      injectionOf: injections.of,
    })
    const model = deps.models().byId(modelId)?.name ?? ''
    const about = scenario ? { model, scenario: scenario.name } : { model }
    on = { session, about, injections, scenario, ending: new AbortController() }
    deps.tell('rehearsal-began', about)
    return on
  }

  function endNow(): void {
    const ended = on
    on = null
    if (!ended) return
    ended.ending.abort()
    ended.session.end()
    deps.tell('rehearsal-ended', ended.about)
  }

  /** Faults are chosen by hand only where no scenario plays. */
  function byHand(): On {
    if (!on || on.scenario) throw new Failure('REHEARSAL_IS_OVER', {})
    return on
  }

  function keyIdsOf({ session }: On, keyId: KeyId | null): KeyId[] {
    const reports = session.pool()?.keyReports(keyId ?? undefined) ?? []
    if (keyId !== null && reports.length === 0) throw new Failure('KEY_NOT_FOUND', {})
    return reports.map((report) => report.keyId as KeyId)
  }

  async function playToItsEnd(scenario: ScenarioRun, own: On, { prompt, modelId }: ScenarioInput): Promise<void> {
    const { session, ending } = own
    const modelName = deps.models().byId(modelId)?.name ?? ''
    const chat = deps.chatThrough(session.gateway)
    const send = (keyId: KeyId | null, signal: AbortSignal) => chat(asking(modelId, keyId, prompt), signal)
    await scenario.play({ session, send, modelName }, ending.signal)
    if (on === own) endNow()
    onChange()
  }

  return {
    status,
    begin(modelId, reach) {
      open(modelId, reach, 1, null)
      return changed()
    },
    change(reach) {
      byHand().session.reach = reach
      return changed()
    },
    inject({ keyId, fault, lasts }) {
      const own = byHand()
      own.injections.set(keyIdsOf(own, keyId), fault, lasts)
      return changed()
    },
    clear(keyId) {
      const own = byHand()
      own.injections.clear(keyIdsOf(own, keyId))
      return changed()
    },
    async send({ prompt, count }, signal) {
      const { session, ending } = byHand()
      const both = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal
      const chat = deps.chatThrough(session.gateway)
      for (let sent = 0; sent < count && !both.aborted; sent += 1) {
        for await (const event of chat(asking(session.modelId, null, prompt), both)) void event
      }
    },
    play(wanted) {
      const scenario = createScenarioRun(wanted.name, deps)
      const own = open(wanted.modelId, { answersHere: true, includesGateway: false }, keysNeeded[wanted.name], scenario)
      void playToItsEnd(scenario, own, wanted)
      lastScenario = scenario
      return changed()
    },
    end() {
      endNow()
      return changed()
    },
    reaching: (origin, real) => ({
      handle(request) {
        if (!on || on.scenario || !isReached(deps, on.session, origin, request)) return real.handle(request)
        return on.session.gateway.handle(request)
      },
    }),
    isFree: (modelId) => on !== null && on.session.modelId === modelId && on.session.reach.answersHere,
    modelsChanged() {
      if (!on) return
      if (deps.models().byId(on.session.modelId)) on.session.follow()
      else endNow()
      onChange()
    },
    close: endNow,
  }
}

function viewOf({ session, scenario }: On, { models }: RehearsalDeps): RehearsalView {
  const pool = session.pool()
  const nextKeyId = pool?.nextPicks(1)[0]
  return {
    modelId: session.modelId,
    modelName: models().byId(session.modelId)?.name ?? '',
    plays: scenario ? 'scenario' : 'faults',
    ...session.reach,
    keys: session.keys(),
    keyCount: pool?.fingerprints().length ?? 0,
    nextKeyId: nextKeyId === undefined ? null : (nextKeyId as KeyId),
    requests: session.requests(),
  }
}

function checkKeys({ pools, clock, models, isLocked }: RehearsalDeps, modelId: ModelId, needed: number): void {
  const spec = models().byId(modelId) && pools.specOf(modelId)
  if (!spec) throw isLocked() ? new Failure('VAULT_LOCKED', {}) : new Failure('MODEL_NOT_FOUND', {})
  const usable = callableKeys(spec, clock.wallMs()).length
  if (usable < needed) throw new Failure('REHEARSAL_NEEDS_KEYS', { needed, usable })
}

/** It is about one model; requests to others go their usual way. */
function isReached({ models }: RehearsalDeps, { modelId, reach }: Session, origin: Origin, request: GatewayRequest) {
  if (origin === 'gateway' && !reach.includesGateway) return false
  if (request.method !== 'POST' || routeOf(request.path) === null) return false
  const read = readBody(request.body, request.headers['content-type'])
  return read.ok && models().byName(read.body.model)?.id === modelId
}

const asking = (modelId: ModelId, keyId: KeyId | null, prompt: string): ChatInput => ({
  modelId,
  keyId,
  messages: [{ role: 'user', content: prompt }],
  parameters: {},
})
