import type { KeyView } from '../../shared/key.ts'
import { returnsAtMs } from '../ui/returns-at.ts'

/** When the first key that is out comes back, as far as main has said. */
export function nextReturnMs(keys: readonly Pick<KeyView, 'state'>[], nowMs: number): number | null {
  let next: number | null = null
  for (const { state } of keys) {
    const backMs = returnsAtMs(state)
    if (backMs !== null && backMs > nowMs) next = Math.min(next ?? Infinity, backMs)
  }
  return next
}
