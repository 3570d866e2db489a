/**
 * Esc closes the dialogue on top and no other. Each dialogue listens by itself and would close at once with those above
 * it, taking with it what was typed into it; so this listens before them all.
 */
export function closeOnlyTheTop(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return
  const dialogs = document.querySelectorAll('[aria-modal="true"]')
  if (dialogs.length < 2) return
  const top = dialogs.item(dialogs.length - 1)
  event.stopImmediatePropagation()
  top.querySelector<HTMLElement>('.mantine-Modal-close')?.click()
}
