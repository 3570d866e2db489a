// Whatever is open with something unsaved in it. A way out of the view asks each of them first.

/** Answers whether the form may be left now; one that may not asks the person, and the next answer is theirs. */
type Ask = () => boolean

const open = new Set<Ask>()

export function askBeforeLeaving(ask: Ask): () => void {
  open.add(ask)
  return () => void open.delete(ask)
}

/** Every one is asked, so that each shows what it holds. */
export const mayLeave = (): boolean => [...open].map((ask) => ask()).every(Boolean)

/** Without asking: for what would leave the view by itself. */
export const isUnsaved = (): boolean => open.size > 0
