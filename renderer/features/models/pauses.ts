import type { KeyId } from '../../../shared/identity.ts'
import type { KeyView } from '../../../shared/key.ts'

/** How some keys are put to rest, or back to work: `untilMs` is when a pause ends by itself. */
export interface Pause {
  ids: KeyId[]
  paused: boolean
  untilMs: number | null
}

const pauseOf = ({ state }: KeyView) =>
  state.kind === 'paused' ? { paused: true, untilMs: state.untilMs } : { paused: false, untilMs: null }

/** What puts each key back to how it is now, in as few calls as there are ways to rest. */
export function pausesOf(keys: readonly KeyView[]): Pause[] {
  const pauses: Pause[] = []
  for (const key of keys) {
    const one = pauseOf(key)
    const same = pauses.find(({ paused, untilMs }) => paused === one.paused && untilMs === one.untilMs)
    if (same === undefined) pauses.push({ ids: [key.id], ...one })
    else same.ids.push(key.id)
  }
  return pauses
}
