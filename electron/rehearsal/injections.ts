import type { KeyId } from '../../shared/identity.ts'
import type { Fault, InjectionView, Lasting } from '../../shared/rehearsal.ts'
import type { Clock } from '../rotation/clock.ts'

/** Which fault meets which key, and for how long yet. A key has one at a time. */
export interface Injections {
  set: (keyIds: Iterable<KeyId>, fault: Fault, lasts: Lasting) => void
  clear: (keyIds: Iterable<KeyId>) => void
  /** What the next call of the key meets; the call is counted. */
  next: (keyId: KeyId) => Fault | null
  of: (keyId: KeyId) => InjectionView | null
}

export function createInjections({ wallMs }: Pick<Clock, 'wallMs'>): Injections {
  const injected = new Map<KeyId, InjectionView>()

  const of = (keyId: KeyId): InjectionView | null => {
    const found = injected.get(keyId)
    if (!found || isOver(found, wallMs())) return null
    return found
  }

  return {
    of,
    set(keyIds, fault, lasts) {
      for (const keyId of keyIds) injected.set(keyId, { fault, left: leftOf(lasts, wallMs()) })
    },
    clear(keyIds) {
      for (const keyId of keyIds) injected.delete(keyId)
    },
    next(keyId) {
      const found = of(keyId)
      if (!found) return null
      const { fault, left } = found
      if (left.kind === 'calls') injected.set(keyId, { fault, left: { kind: 'calls', calls: left.calls - 1 } })
      return fault
    },
  }
}

function leftOf(lasts: Lasting, wallMs: number): InjectionView['left'] {
  return lasts.kind === 'time' ? { kind: 'time', untilMs: wallMs + lasts.forMs } : lasts
}

function isOver({ left }: InjectionView, wallMs: number): boolean {
  if (left.kind === 'calls') return left.calls <= 0
  return left.kind === 'time' && left.untilMs <= wallMs
}
