import { Modal, type ModalProps } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { keepsFocus, placeOf, successor } from './kept-focus.ts'

/** Goes when what was chosen in it is there. */
const passing = '[role="dialog"], [role="menu"]'

/** What had the focus last that stays: a dialogue outlives the one, or the menu, that it was opened from. */
let outside: Element | null = null

export function followFocus(): () => void {
  const follow = ({ target }: FocusEvent) => {
    if (target instanceof Element && target.closest(passing) === null) outside = target
  }
  document.addEventListener('focusin', follow)
  return () => document.removeEventListener('focusin', follow)
}

/** What the focus goes back to, best first, when that which has it now is gone. */
export const focusBefore = (): (Element | null)[] => [document.activeElement, outside]

/** Answers whether anything of it is still there, or the focus has gone elsewhere by then. */
export function giveFocusBack(before: readonly (Element | null)[]): boolean {
  if (document.activeElement !== document.body && document.activeElement !== null) return true
  const there = before.find((element) => element?.isConnected && element !== document.body)
  if (there instanceof HTMLElement) there.focus()
  return there !== undefined
}

/** What had the focus, and where it stood. */
function rememberFocus() {
  const before = focusBefore()
  const places = before.flatMap((element) => (element === null || element === document.body ? [] : [placeOf(element)]))
  const comeInstead = () => places.map(successor).find((element) => element !== undefined)
  return () => giveFocusBack(before) || comeInstead()?.focus()
}

/** Gives the focus back to what had it before, or to what has come into its place, as somebody at a keyboard expects. */
export function useReturnedFocus(): void {
  const giveBack = useRef<() => unknown>(null)
  useEffect(() => {
    giveBack.current ??= rememberFocus()
    const { current } = giveBack
    return () => void requestAnimationFrame(current)
  }, [])
}

interface DialogProps extends Omit<ModalProps, 'opened' | 'closeButtonProps'> {
  title: string
  closeLabel: string
  /** A slip must not take away what is shown only once: it is put away by its buttons. */
  byHand?: boolean
}

/** A dialogue that is there while it is open. */
export function Dialog({ closeLabel, byHand = false, children, ...rest }: DialogProps) {
  useReturnedFocus()
  return (
    <Modal
      closeOnClickOutside={!byHand}
      closeOnEscape={!byHand}
      {...rest}
      opened
      closeButtonProps={{ 'aria-label': closeLabel, className: byHand ? 'kw-by-hand' : '' }}
    >
      <div ref={keepsFocus}>{children}</div>
    </Modal>
  )
}
