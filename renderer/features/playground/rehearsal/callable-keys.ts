import type { KeyView } from '../../../../shared/key.ts'

/** As main counts them when it begins a rehearsal. */
export const isCallable = ({ state }: KeyView): boolean => state.kind !== 'paused' && state.kind !== 'expired'
