import { useStore } from 'zustand'
import { client } from '../../app/client.ts'
import { createPlaygroundStore, type PlaygroundState } from './playground-store.ts'

/** A hidden page draws no frames; the answer goes on all the same. */
const nextFrame = (task: () => void) => void (document.hidden ? setTimeout(task, 100) : requestAnimationFrame(task))

export const playground = createPlaygroundStore({
  chat: (input, signal) => client.playground.chat(input, { signal }),
  nextFrame,
  newId: () => crypto.randomUUID(),
})

export const usePlayground = <T>(read: (state: PlaygroundState) => T): T => useStore(playground, read)
