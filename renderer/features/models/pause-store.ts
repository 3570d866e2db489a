import { create } from 'zustand'
import type { KeyId, ModelId } from '../../../shared/identity.ts'

export interface Asked {
  modelId: ModelId
  ids: readonly KeyId[]
}

interface PauseUntilStore {
  asked: Asked | null
  ask: (asked: Asked | null) => void
}

/** Which keys a row's menu asks a time for: the menu is gone by the time that it is chosen. */
export const usePauseUntil = create<PauseUntilStore>((set) => ({ asked: null, ask: (asked) => set({ asked }) }))
