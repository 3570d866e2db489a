import type { KeyId } from '../../../shared/identity.ts'

export interface DropPlace {
  id: KeyId
  side: 'before' | 'after'
}

/** The index a dragged key gets when it is dropped there, counted in the list without it; null when it stays put. */
export function indexAfterDrop(order: readonly KeyId[], dragged: KeyId, place: DropPlace): number | null {
  const rest = order.filter((id) => id !== dragged)
  const at = rest.indexOf(place.id)
  if (at === -1) return null
  const index = place.side === 'before' ? at : at + 1
  return index === order.indexOf(dragged) ? null : index
}

/** Where Alt + ↑ or ↓ takes a key, or null at the end of the list. */
export function indexAfterArrow(order: readonly KeyId[], id: KeyId, arrow: 'ArrowUp' | 'ArrowDown'): number | null {
  const index = order.indexOf(id) + (arrow === 'ArrowUp' ? -1 : 1)
  return index >= 0 && index < order.length ? index : null
}
