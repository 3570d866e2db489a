import { create } from 'zustand'
import type { KeyId, ModelId } from '../../../../shared/identity.ts'
import type { KeyRaceInput, RaceCall } from '../../../../shared/key-race.ts'
import { client } from '../../../app/client.ts'

export interface Race {
  modelId: ModelId
  modelName: string
  keys: readonly { id: KeyId; label: string }[]
  rounds: number
  calls: readonly RaceCall[]
  state: 'running' | 'done' | 'stopped'
}

/** What the form holds, so that nothing of it is lost while another view is open. */
export interface RaceFields {
  /** Not among those that are compared. */
  left: ReadonlySet<KeyId>
  /** Null until something was written. */
  prompt: string | null
  rounds: number | null
  maxTokens: number | null
}

interface RaceStore {
  fields: RaceFields
  edit: (change: Partial<RaceFields>) => void
  /** The one that runs or ran last; it goes on while another view is open. */
  race: Race | null
  /** Fails as its call fails; a race that was stopped does not. */
  start: (input: KeyRaceInput, about: Pick<Race, 'modelName' | 'keys'>) => Promise<void>
  stop: () => void
}

export const useRace = create<RaceStore>((set, get) => {
  let running: AbortController | null = null

  const become = (own: AbortController, change: Partial<Race>) => {
    const { race } = get()
    if (race && running === own) set({ race: { ...race, ...change } })
  }

  return {
    fields: { left: new Set(), prompt: null, rounds: 3, maxTokens: 100 },
    edit: (change) => set({ fields: { ...get().fields, ...change } }),
    race: null,
    async start(input, { modelName, keys }) {
      running?.abort()
      const own = new AbortController()
      running = own
      const { modelId, rounds } = input
      set({ race: { modelId, modelName, keys, rounds, calls: [], state: 'running' } })
      try {
        for await (const event of await client.playground.race(input, { signal: own.signal })) {
          if (event.kind === 'call') become(own, { calls: [...(get().race?.calls ?? []), event.call] })
        }
        become(own, { state: own.signal.aborted ? 'stopped' : 'done' })
      } catch (error) {
        become(own, { state: 'stopped' })
        // A call that was cancelled fails, which is what was wanted.
        if (!own.signal.aborted) throw error
      }
    },
    stop() {
      running?.abort()
      const { race } = get()
      if (race?.state === 'running') set({ race: { ...race, state: 'stopped' } })
    },
  }
})
