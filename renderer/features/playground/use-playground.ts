import { flushSync } from 'react-dom'
import { create, useStore } from 'zustand'
import { beforeLock } from '../../app/before-lock.ts'
import { client } from '../../app/client.ts'
import { useConversations } from '../../app/conversations-store.ts'
import { procedureFailure } from '../../app/failure-message.ts'
import { useModels } from '../../app/models-store.ts'
import { useVault } from '../../app/vault-store.ts'
import { createComeback } from './comeback.ts'
import { fittingSave } from './fitting-save.ts'
import { createKeeper } from './keeper.ts'
import { draft } from './page-draft.ts'
import { usePresets } from './presets-store.ts'
import { createPlaygroundStore, type PlaygroundState } from './playground-store.ts'

/** A hidden page draws no frames; the answer goes on all the same. */
const nextFrame = (task: () => void) => void (document.hidden ? setTimeout(task, 100) : requestAnimationFrame(task))

export const playground = createPlaygroundStore({
  chat: (input, signal) => client.playground.chat(input, { signal }),
  ending: (requestId) => client.playground.ending({ requestId }),
  nextFrame,
  nowMs: () => performance.now(),
  drawn: flushSync,
  newId: () => crypto.randomUUID(),
  wallMs: Date.now,
  modelName: ({ modelId }) => useModels.getState().models.find(({ id }) => id === modelId)?.name ?? '',
})

export const usePlayground = <T>(read: (state: PlaygroundState) => T): T => useStore(playground, read)

/** Why what is said is not saved, and whether it went into a copy because another window had the original. */
export const useSaving = create<{ problem: unknown; isCopy: boolean }>(() => ({ problem: null, isCopy: false }))

export const keeper = createKeeper({
  store: playground,
  save: fittingSave((change) => client.conversations.save(change)),
  isConflict: (error) => procedureFailure(error)?.code === 'CONVERSATION_CHANGED',
  schedule: (delayMs, task) => void setTimeout(task, delayMs),
  newId: () => crypto.randomUUID(),
  onCopy: () => useSaving.setState({ isCopy: true }),
  onProblem: (problem) => useSaving.setState({ problem }),
})

export const comeback = createComeback({ store: playground, storage: window.sessionStorage })

/** What was read while the vault was open is not held by a page whose vault is locked. */
function forget(): void {
  playground.getState().stop()
  keeper.forget()
  comeback.leaving(() => playground.getState().startOver())
  playground.getState().resetSettings()
  draft.getState().forget()
  keeper.forget()
  useSaving.setState({ problem: null, isCopy: false })
  usePresets.setState({ presets: [] })
  useConversations.getState().forget()
}

beforeLock(() => keeper.flush())
useVault.subscribe(({ status }, before) => {
  if (before.status?.state === 'unlocked' && status?.state !== 'unlocked') forget()
})
window.addEventListener('pagehide', () => void keeper.flush())
