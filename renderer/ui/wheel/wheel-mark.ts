import type { KeyStateKind } from '../../../shared/key.ts'

/** A word at a key's arc, outside the circle: what came of a call. */
export interface WheelMark {
  kind: KeyStateKind
  text: string
}
