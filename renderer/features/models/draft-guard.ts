import { useModelDrafts } from './model-draft.ts'

let isGuarded = false

/** The tab asks before it is closed on an edit that was left, wherever in the application the person is by then. */
export function guardDrafts(): void {
  if (isGuarded) return
  isGuarded = true
  window.addEventListener('beforeunload', (event) => {
    if (useModelDrafts.getState().drafts.size > 0) event.preventDefault()
  })
}
