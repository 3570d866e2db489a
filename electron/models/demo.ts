import { ModelId } from '../../shared/identity.ts'
import { inUse } from './catalogue.ts'
import type { KeySafe } from './key-safe.ts'
import type { StoredModel } from './stored-model.ts'
import type { Models } from './models.ts'
import type { NewModel } from '../../shared/model.ts'

/** The simulator as far as its model is concerned. */
export interface DemoSource {
  model: Pick<NewModel, 'name' | 'provider' | 'apiBase'> & { keys: readonly { label: string; secret: string }[] }
  listen(): Promise<void>
}

const demoModelId = ModelId.parse('simulator')

/** Puts the simulator's model on the list and takes it off again; what a person did to its keys goes with it. */
export function createDemo(deps: {
  source: DemoSource
  safe: KeySafe
  models: Models
  remember: (isOn: boolean) => void
  onChange: () => void
}) {
  const { source, safe, models, remember, onChange } = deps
  const isOn = () => inUse(safe.models()).length > 0
  let before: Promise<unknown> = Promise.resolve()
  /** A second click, or another page, waits for what the first has begun. */
  const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
    const done = before.then(step)
    before = done.catch(() => {})
    return done
  }

  return {
    start: () => inTurn(start),
    stop: () => inTurn(stop),
  }

  async function start(): Promise<ModelId> {
    remember(true)
    if (isOn()) return demoModelId
    await source.listen()
    await safe.commit((draft) => {
      draft.models = [demoModel(source.model)]
    })
    await models.addKeys(demoModelId, source.model.keys)
    return demoModelId
  }

  async function stop(): Promise<void> {
    remember(false)
    await safe.commit((draft) => {
      draft.models = []
    })
    onChange()
  }
}

function demoModel({ name, provider, apiBase }: DemoSource['model']): StoredModel {
  const rotation = {
    temperature: null,
    strategy: 'round-robin',
    aliases: [],
    fallbacks: [],
    price: null,
    maxWaitMs: null,
    deadlineMs: null,
    headers: [],
    headersTakenAway: [],
  } satisfies Partial<StoredModel>
  return { id: demoModelId, name, provider, apiBase, ...rotation, keys: [], extra: {}, deletedAtMs: null }
}
