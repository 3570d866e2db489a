import { useState, type DragEvent, type KeyboardEvent } from 'react'
import type { KeyId } from '../../../shared/identity.ts'
import { indexAfterArrow, indexAfterDrop, type DropPlace } from './key-order.ts'

const sideOf = (event: DragEvent<HTMLElement>): DropPlace['side'] => {
  const box = event.currentTarget.getBoundingClientRect()
  return event.clientY < box.top + box.height / 2 ? 'before' : 'after'
}

interface Moves {
  /** By an arrow. */
  move: (id: KeyId, toIndex: number) => void
  /** By the mouse. */
  drop: (id: KeyId, toIndex: number) => void
}

export function useKeyOrder(order: readonly KeyId[], { move, drop }: Moves) {
  const [dragged, setDragged] = useState<KeyId | null>(null)
  const [place, setPlace] = useState<DropPlace | null>(null)
  const end = () => {
    setDragged(null)
    setPlace(null)
  }
  return {
    dragged,
    place,
    handle: (id: KeyId) => ({
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', '')
        setDragged(id)
      },
      onDragEnd: end,
    }),
    row: (id: KeyId) => ({
      onDragOver: (event: DragEvent<HTMLElement>) => {
        if (dragged === null) return
        event.preventDefault()
        setPlace(id === dragged ? null : { id, side: sideOf(event) })
      },
      onDrop: (event: DragEvent<HTMLElement>) => {
        if (dragged === null) return
        event.preventDefault()
        const index = indexAfterDrop(order, dragged, { id, side: sideOf(event) })
        if (index !== null) drop(dragged, index)
        end()
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
        event.preventDefault()
        const index = indexAfterArrow(order, id, event.key)
        if (index !== null) move(id, index)
      },
    }),
  }
}
