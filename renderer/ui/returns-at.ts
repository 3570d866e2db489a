import type { KeyState } from '../../shared/key.ts'

/** When a key comes back by itself. A rejected one is only tested then, and stays out when the test fails. */
export const returnsAtMs = (state: KeyState): number | null => ('untilMs' in state ? state.untilMs : null)
