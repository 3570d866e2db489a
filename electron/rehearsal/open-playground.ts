import { randomBytes } from 'node:crypto'
import type { ModelId, RequestId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import { createBus, type Bus } from '../events/bus.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { inProcessFetch } from '../gateway/in-process-fetch.ts'
import { plainFailure } from '../gateway/request-failure.ts'
import { createKeyRace } from '../key-race/key-race.ts'
import { createCut } from '../playground/cut.ts'
import { createEndings } from '../playground/endings.ts'
import { createPlayground, type PlaygroundDeps } from '../playground/playground.ts'
import { createRehearsal, type RehearsalDeps } from './rehearsal.ts'
import { createStage } from './stage.ts'

export interface OpenPlaygroundDeps extends Omit<RehearsalDeps, 'stage' | 'bus' | 'onChange' | 'chatThrough'> {
  gateway: Gateway
  /** The application's: of a rehearsal it is told that something changed, and nothing else. */
  bus: Bus
  /** The journal, which lists what was asked and counts nothing of a rehearsal. */
  record: (event: LiveEvent) => void
  modelName: (id: ModelId) => string | undefined
  costOf: PlaygroundDeps['costOf']
  newRequestId: () => RequestId
}

/** How often at most a page hears that a rehearsal went on. */
const tellEveryMs = 120

/** The playground's chat, and the rehearsals that reach it. */
export function openPlayground({ gateway, bus, record, modelName, costOf, newRequestId, ...deps }: OpenPlaygroundDeps) {
  const { clock, isLocked, models, reportBug } = deps
  const own = createBus({ wallMs: clock.wallMs, onListenerError: reportBug })
  const stage = createStage({ clock, randomBytes })
  const onChange = atMostEvery(tellEveryMs, clock, () => bus.publish({ kind: 'rehearsal-changed' }))
  own.subscribe(record)
  own.subscribe(onChange)

  /** A request is heard of on one of the two: a rehearsal may begin between two messages of a chat. */
  const subscribe = (listener: (event: LiveEvent) => void) => {
    const leaves = [bus.subscribe(listener), own.subscribe(listener)]
    return () => leaves.forEach((leave) => leave())
  }
  const { cuttable, cut } = createCut()
  const endings = createEndings()
  const chatThrough = (gateway: Gateway) =>
    cuttable(
      createPlayground({
        loadOpenAI: async () => (await import('openai')).default,
        fetchFor: (request) => inProcessFetch(gateway, { ...request, client: 'playground' }),
        subscribe,
        modelName,
        cannotBegin: () => plainFailure(isLocked() ? 'vault_locked' : 'model_not_found', ''),
        newRequestId,
        nowMs: clock.nowMs,
        remember: endings.remember,
        costOf: async (served) => (rehearsal.isFree(served.modelId) ? null : costOf(served)),
      }),
    )
  const rehearsal = createRehearsal({ ...deps, bus: own, stage, onChange, chatThrough })
  const leave = bus.subscribe(() => rehearsal.modelsChanged(), ['models-changed', 'vault-changed'])

  const chat = chatThrough(rehearsal.reaching('playground', gateway))
  return {
    chat,
    ending: endings.of,
    race: cuttable(
      createKeyRace({
        chat,
        subscribe,
        keyLabelOf: (modelId, keyId) => models().byId(modelId)?.pool.keyReports(keyId)[0]?.label,
        isLocked,
      }),
    ),
    rehearsal,
    /** For the gateway's clients. */
    gateway: rehearsal.reaching('gateway', gateway),
    /** Ends every answer, comparison and rehearsal that is under way. */
    cut() {
      rehearsal.end()
      cut()
    },
    async close() {
      leave()
      rehearsal.close()
      await stage.close()
    },
  }
}

/** Told once for whatever happened since it was told last. */
function atMostEvery(delayMs: number, { schedule }: Pick<RehearsalDeps['clock'], 'schedule'>, tell: () => void) {
  let isArmed = false
  return () => {
    if (isArmed) return
    isArmed = true
    schedule(delayMs, () => {
      isArmed = false
      tell()
    })
  }
}
