import { create } from 'zustand'
import type { KeyId, ModelId } from '../../shared/identity.ts'
import type { KeyState } from '../../shared/key.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { ModelView } from '../../shared/model.ts'
import { client } from './client.ts'
import { createStaleModels, withStandings } from './stale-models.ts'

interface ModelsStore {
  models: readonly ModelView[]
  /** False until the first list has arrived: an empty list is only then a fact. */
  loaded: boolean
  /** The model the top bar's filter names; null is all of them. */
  selectedId: ModelId | null
  refresh: () => Promise<void>
  select: (id: ModelId | null) => void
  /** Takes what the engine reported, and asks again for what changed: the list, or only the numbers of some models. */
  take: (events: readonly LiveEvent[]) => void
}

const askAfterMs = 400

function withKeyState(models: readonly ModelView[], modelId: ModelId, keyId: KeyId, state: KeyState): ModelView[] {
  return models.map((model) =>
    model.id === modelId
      ? { ...model, keys: model.keys.map((key) => (key.id === keyId ? { ...key, state } : key)) }
      : model,
  )
}

export const useModels = create<ModelsStore>((set, get) => {
  let generation = 0
  let newest: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined

  const stale = createStaleModels()

  /** Until the list is there: one that another question has overtaken is as old as what is shown, and waits for that. */
  async function read(mine: number): Promise<void> {
    const models = await client.models.list()
    if (mine !== generation) return newest
    const selectedId = get().selectedId
    const stillThere = models.some((model) => model.id === selectedId)
    set({ models, loaded: true, selectedId: stillThere ? selectedId : null })
    return undefined
  }

  /** A list that came meanwhile is as new as the numbers that were asked for before it. */
  async function refreshStandings(ids: ModelId[]) {
    const before = generation
    const standings = await client.models.standings({ ids })
    if (before === generation) set({ models: withStandings(get().models, standings) })
  }

  /** Many events make one question. */
  const askSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      const wanted = stale.drain()
      const asked = wanted === 'list' ? get().refresh() : refreshStandings(wanted)
      // The next event asks again; a page that lost main shows that in its own place.
      asked.catch(() => undefined)
    }, askAfterMs)
  }

  return {
    models: [],
    loaded: false,
    selectedId: null,
    refresh() {
      newest = read(++generation)
      return newest
    },
    select: (selectedId) => set({ selectedId }),
    take(events) {
      let models = get().models
      for (const event of events) {
        if (event.kind === 'key-state') models = withKeyState([...models], event.modelId, event.keyId, event.state)
      }
      if (models !== get().models) set({ models })
      stale.take(events)
      if (!stale.isEmpty()) askSoon()
    },
  }
})
