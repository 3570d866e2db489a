import { useStore } from 'zustand'
import { createDraft, type Draft } from './draft.ts'
import { takeImage } from './images/take-image.ts'

/** One for the page. */
export const draft = createDraft(takeImage)

export const useDraft = <T>(read: (state: Draft) => T): T => useStore(draft, read)
