import type { FocusEvent } from 'react'

/**
 * A menu that opens has the focus on nothing at first, so that a mouse marks no entry. Whoever opened it by keyboard
 * stands on the first one.
 */
export function focusFirstEntry({ target, currentTarget }: FocusEvent<HTMLElement>): void {
  if (!target.matches('[role="presentation"]:focus-visible')) return
  currentTarget.querySelector<HTMLElement>('[data-menu-item]:not(:disabled)')?.focus()
}
