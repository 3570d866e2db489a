import type { KeyId, ModelId } from '../../shared/identity.ts'
import type { Fault } from '../../shared/rehearsal.ts'
import type { Clock } from '../rotation/clock.ts'
import { sleep } from '../rotation/timing.ts'
import type { Upstream } from '../upstream/upstream.ts'
import type { Stage } from './stage.ts'

/** A key on its way to a call. */
export interface Casting {
  modelId: ModelId
  keyId: KeyId
  label: string
}

export interface RehearsedUpstreamDeps {
  clock: Clock
  stage: Stage
  real: Upstream
  /** Undefined when the key is gone. */
  secretOf: (modelId: ModelId, keyId: KeyId) => string | undefined
  labelOf: (modelId: ModelId, keyId: KeyId) => string | undefined
  answersHere: () => boolean
  /** What this call meets; it is counted. */
  meets: (casting: Casting) => Fault | null
}

/**
 * The upstream of a rehearsal. While every call is answered here no secret is read: what goes by the name of one is a
 * ticket that says whose call it is. Where calls go to the provider, its key goes only there and never to the stage.
 */
export function createRehearsedUpstream(deps: RehearsedUpstreamDeps) {
  const castings = new Map<string, Casting>()

  const secretOf = (modelId: ModelId, keyId: KeyId): string | undefined => {
    const label = deps.labelOf(modelId, keyId)
    if (label === undefined) return undefined
    const secret = deps.answersHere() ? `${ticketPrefix}${modelId}/${keyId}` : deps.secretOf(modelId, keyId)
    if (secret !== undefined) castings.set(secret, { modelId, keyId, label })
    return secret
  }

  const upstream: Upstream = {
    async attempt(request, secret, signal, extra) {
      const casting = castings.get(secret)
      const fault = casting ? deps.meets(casting) : null
      if (fault?.kind === 'slow') await sleep(fault.delayMs, signal, deps.clock)
      if (signal.aborted) return { committed: false, failure: { kind: 'cancelled' } }
      const isRefused = fault !== null && fault.kind !== 'slow'
      // A ticket is no key: what was handed one is never sent to a provider.
      if (!isRefused && !secret.startsWith(ticketPrefix)) return deps.real.attempt(request, secret, signal, extra)
      return deps.stage.attempt(request, { fault: isRefused ? fault : null, keyLabel: casting?.label ?? '' }, signal)
    },
    close: async () => castings.clear(),
  }
  return { upstream, secretOf }
}

const ticketPrefix = 'rehearsal-ticket/'
