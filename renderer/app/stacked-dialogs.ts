/** Where dialogues lie one on another; those of a height lie in the order in which they were opened. */
export const dialogHeight = { kit: 250, openInterface: 300 } as const

const heightOf = (dialog: Element) => {
  const holder = dialog.closest('.mantine-Modal-inner') ?? dialog
  return Number.parseInt(getComputedStyle(holder).zIndex, 10) || 0
}

/**
 * Esc closes the dialogue on top and no other. Each dialogue listens by itself and would close at once with those above
 * it, taking with it what was typed into it; so this listens before them all.
 */
export function closeOnlyTheTop(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return
  const dialogs = [...document.querySelectorAll('[aria-modal="true"]')]
  if (dialogs.length < 2) return
  event.stopImmediatePropagation()
  const top = dialogs.toSorted((a, b) => heightOf(a) - heightOf(b)).at(-1)
  // What is shown only once is put away by hand.
  top?.querySelector<HTMLElement>('.mantine-Modal-close:not(.kw-by-hand)')?.click()
}
