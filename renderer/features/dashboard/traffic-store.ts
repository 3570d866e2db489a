import { create } from 'zustand'
import type { ModelId } from '../../../shared/identity.ts'
import { client } from '../../app/client.ts'
import { useModels } from '../../app/models-store.ts'
import { createTraffic, type TrafficCounts } from './traffic.ts'

interface TrafficStore extends TrafficCounts {
  /** The model that test requests go to right now. */
  modelId: ModelId | null
  run: (modelId: ModelId) => void
  burst: (modelId: ModelId) => void
  stop: () => void
}

const burstRequests = 20

/** Lives outside the view, so that the traffic goes on while another view is open. */
export const useTraffic = create<TrafficStore>((set) => {
  let stopping = new AbortController()
  const traffic = createTraffic({
    chat: (input, signal) => client.playground.chat(input, { signal }),
    wait: (delayMs) => new Promise((resolve) => void setTimeout(resolve, delayMs)),
    onChange: (counts) => set(counts),
  })
  const begin = (modelId: ModelId, work: (signal: AbortSignal) => Promise<void>) => {
    stopping.abort()
    const mine = new AbortController()
    stopping = mine
    set({ modelId })
    void work(mine.signal).finally(() => {
      if (stopping === mine) set({ modelId: null })
    })
  }
  return {
    modelId: null,
    sent: 0,
    unanswered: 0,
    run: (modelId) => begin(modelId, (signal) => traffic.run(modelId, signal)),
    burst: (modelId) => begin(modelId, (signal) => traffic.burst(modelId, burstRequests, signal)),
    stop: () => {
      stopping.abort()
      set({ modelId: null })
    },
  }
})

useModels.subscribe(({ models, loaded }) => {
  const { modelId, stop } = useTraffic.getState()
  if (modelId !== null && loaded && !models.some((model) => model.id === modelId)) stop()
})
