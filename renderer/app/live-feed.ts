import { client } from './client.ts'
import { createLiveFeed } from './live/feed.ts'
import { useModels } from './models-store.ts'

/** The page's only subscription to main's events. */
export const liveFeed = createLiveFeed({
  live: (signal) => client.events.live(undefined, { signal }),
  recent: (limit) => client.activity.recent({ limit }),
  take: (events) => useModels.getState().take(events),
  refreshModels: () => useModels.getState().refresh(),
  nextFrame: (task) => void requestAnimationFrame(task),
  wait: (delayMs) => new Promise((resolve) => void setTimeout(resolve, delayMs)),
  wallMs: Date.now,
})

let started = false

/** Starts following main; called once the page is up, and harmless when called again. */
export function startLiveFeed(): void {
  if (started) return
  started = true
  useModels.subscribe((store, before) => {
    if (store.models !== before.models) liveFeed.seed(store.models)
  })
  void liveFeed.run(new AbortController().signal)
}
