import type { KeyState, KeyView } from '../../shared/key.ts'

/** When a key comes back by itself. A rejected one is only tested then, and stays out when the test fails. */
export const returnsAtMs = (state: KeyState): number | null => ('untilMs' in state ? state.untilMs : null)

/** When the first key that is out comes back, as far as main has said. */
export function nextReturnMs(keys: readonly Pick<KeyView, 'state'>[], nowMs: number): number | null {
  let next: number | null = null
  for (const { state } of keys) {
    const backMs = returnsAtMs(state)
    if (backMs !== null && backMs > nowMs) next = Math.min(next ?? Infinity, backMs)
  }
  return next
}
