import { create } from 'zustand'
import type { KeyId, ModelId } from '../../shared/identity.ts'
import type { KeyState } from '../../shared/key.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { ModelView } from '../../shared/model.ts'
import { client } from './client.ts'

interface ModelsStore {
  models: readonly ModelView[]
  /** False until the first list has arrived: an empty list is only then a fact. */
  loaded: boolean
  /** The model the top bar's filter names; null is all of them. */
  selectedId: ModelId | null
  refresh: () => Promise<void>
  select: (id: ModelId | null) => void
  /** Takes what the engine reported, and lists again when names, order or counters changed. */
  take: (events: readonly LiveEvent[]) => void
}

const relistAfterMs = 400

function withKeyState(models: readonly ModelView[], modelId: ModelId, keyId: KeyId, state: KeyState): ModelView[] {
  return models.map((model) =>
    model.id === modelId
      ? { ...model, keys: model.keys.map((key) => (key.id === keyId ? { ...key, state } : key)) }
      : model,
  )
}

const asksForList = (event: LiveEvent) =>
  event.kind === 'models-changed' ||
  event.kind === 'vault-changed' ||
  event.kind === 'attempt-started' ||
  event.kind === 'attempt-ended'

export const useModels = create<ModelsStore>((set, get) => {
  let generation = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Many events make one listing. */
  const relistSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      // The next event asks again; a page that lost main shows that in its own place.
      get()
        .refresh()
        .catch(() => undefined)
    }, relistAfterMs)
  }

  return {
    models: [],
    loaded: false,
    selectedId: null,
    async refresh() {
      const mine = ++generation
      const models = await client.models.list()
      if (mine !== generation) return
      const selectedId = get().selectedId
      const stillThere = models.some((model) => model.id === selectedId)
      set({ models, loaded: true, selectedId: stillThere ? selectedId : null })
    },
    select: (selectedId) => set({ selectedId }),
    take(events) {
      let models = get().models
      for (const event of events) {
        if (event.kind === 'key-state') models = withKeyState([...models], event.modelId, event.keyId, event.state)
      }
      if (models !== get().models) set({ models })
      if (events.some(asksForList)) relistSoon()
    },
  }
})
