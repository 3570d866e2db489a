import { client } from './client.ts'
import { useConversations } from './conversations-store.ts'
import { useGateway } from './gateway-store.ts'
import { createLiveFeed } from './live/feed.ts'
import { useJournalStatus } from './journal-store.ts'
import { useLinkedFiles } from './linked-files-store.ts'
import { modelRates } from './model-rates.ts'
import { useModels } from './models-store.ts'
import { expiryReminder, keyNotices } from './notifications.ts'
import { useSettings } from './settings-store.ts'
import { useRehearsal } from './rehearsal-store.ts'
import { useVault } from './vault-store.ts'

const refreshJournal = () => useJournalStatus.getState().refresh()
const reloadSettings = () => useSettings.getState().load()
const refreshVault = () => useVault.getState().refresh()

/** The page's only subscription to main's events. */
export const liveFeed = createLiveFeed({
  live: (signal) => client.events.live(undefined, { signal }),
  recent: (limit) => client.activity.recent({ limit }),
  take(events) {
    useModels.getState().take(events)
    keyNotices.take(events)
    modelRates.take(events)
    useGateway.getState().take(events)
    useLinkedFiles.getState().take(events)
    useConversations.getState().take(events)
    useRehearsal.getState().take(events)
    // The next change tells again; a page that lost main shows that in its own place.
    if (events.some(({ kind }) => kind === 'journal-changed')) void refreshJournal().catch(() => undefined)
    if (events.some(({ kind }) => kind === 'settings-changed')) void reloadSettings().catch(() => undefined)
    if (events.some(({ kind }) => kind === 'vault-changed')) void refreshVault().catch(() => undefined)
  },
  // After a loss as well: what changed meanwhile was told to nobody.
  refreshLists() {
    keyNotices.forget()
    return Promise.all([
      reloadSettings(),
      useModels.getState().refresh(),
      useGateway.getState().refresh(),
      useRehearsal.getState().refresh(),
    ])
  },
  nextFrame: (task) => void requestAnimationFrame(task),
  wait: (delayMs) => new Promise((resolve) => void setTimeout(resolve, delayMs)),
  wallMs: Date.now,
})

const hourMs = 3_600_000
let started = false

/** Starts following main; called once the page is up, and harmless when called again. */
export function startLiveFeed(): void {
  if (started) return
  started = true
  useModels.subscribe((store, before) => {
    if (store.models === before.models) return
    liveFeed.seed(store.models)
    keyNotices.know(store.models)
    expiryReminder.look(store.models)
  })
  // Days pass while nothing changes.
  setInterval(() => expiryReminder.look(useModels.getState().models), hourMs)
  void liveFeed.run(new AbortController().signal)
}
