import { Modal, type ModalProps } from '@mantine/core'
import { useEffect, useRef } from 'react'

/** Gives the focus back to what had it before, as somebody at a keyboard expects, unless it has gone elsewhere by then. */
export function useReturnedFocus(): void {
  const before = useRef<Element | null>(null)
  useEffect(() => {
    before.current ??= document.activeElement
    return () => {
      const { current } = before
      requestAnimationFrame(() => {
        const isFree = document.activeElement === document.body || document.activeElement === null
        if (isFree && current instanceof HTMLElement) current.focus()
      })
    }
  }, [])
}

interface DialogProps extends Omit<ModalProps, 'opened' | 'closeButtonProps'> {
  title: string
  closeLabel: string
}

/** A dialogue that is there while it is open. */
export function Dialog({ closeLabel, ...rest }: DialogProps) {
  useReturnedFocus()
  return <Modal {...rest} opened closeButtonProps={{ 'aria-label': closeLabel }} />
}
