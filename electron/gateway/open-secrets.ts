// A secret is held open for a few seconds after it was last read from the vault, and not for a moment after anything of
// the models or the vault has changed.
import type { ModelId } from '../../shared/identity.ts'
import type { Clock } from '../rotation/clock.ts'

/** Long enough for a busy key, which is opened anew this often; short enough that a lull leaves none. */
const heldMs = 5_000

export interface OpenSecrets<Key, Opened> {
  of(model: ModelId, key: Key): Opened | undefined
  /** Nothing may be held open any more. */
  forget(): void
}

/** To open a secret costs as much as everything else that is done for a request. */
export function keepOpenSecrets<Key, Opened>(deps: {
  clock: Clock
  /** Another value as soon as any model or key has changed. */
  revision: () => unknown
  /** Undefined when there is no such secret any more. */
  read: (model: ModelId, key: Key) => Opened | undefined
}): OpenSecrets<Key, Opened> {
  const { clock, revision, read } = deps
  const held = new Map<ModelId, Map<Key, Opened>>()
  let heldFor: unknown = null
  let isWaiting = false

  const timeIsUp = () => {
    isWaiting = false
    held.clear()
  }

  return {
    forget: () => held.clear(),
    of(model, key) {
      const now = revision()
      if (now !== heldFor) held.clear()
      heldFor = now
      const known = held.get(model)?.get(key)
      if (known !== undefined) return known
      const secret = read(model, key)
      if (secret === undefined) return undefined
      const ofModel = held.get(model) ?? new Map<Key, Opened>()
      held.set(model, ofModel.set(key, secret))
      if (!isWaiting) clock.schedule(heldMs, timeIsUp)
      isWaiting = true
      return secret
    },
  }
}
