// A response that goes on from another one is served with the credential that made that one: no other account has it.
import type { Pool } from '../rotation/pool.ts'
import type { ServedModel } from './served-model.ts'

/** Which credential made which response, of the last so many. What a provider calls a response is no secret. */
export interface ResponseKeys {
  remember: (responseId: string, model: ServedModel, keyId: string) => void
  /** The key of this model to go on with; undefined when any may be tried. */
  keyFor: (responseId: string, model: ServedModel) => string | undefined
}

interface Maker {
  host: string
  fingerprint: string
}

const remembered = 4_096

export function createResponseKeys(capacity = remembered): ResponseKeys {
  const makers = new Map<string, Maker>()
  return {
    remember(responseId, { host, pool }, keyId) {
      const fingerprint = pool.fingerprintOf(keyId)
      if (fingerprint === undefined) return
      makers.set(responseId, { host, fingerprint })
      const oldest = makers.keys().next()
      if (makers.size > capacity && !oldest.done) makers.delete(oldest.value)
    },
    keyFor(responseId, { host, pool }) {
      const maker = makers.get(responseId)
      if (maker?.host !== host) return undefined
      const keyId = pool.keyIdOf(maker.fingerprint)
      return keyId !== undefined && mayComeBack(pool, keyId) ? keyId : undefined
    },
  }
}

/** Nobody waits for a key that is out for good; another one of the same account may know the response too. */
function mayComeBack(pool: Pool, keyId: string): boolean {
  const kind = pool.stateOfKey(keyId)?.kind
  return (
    kind !== 'rejected' && kind !== 'not-allowed' && kind !== 'expired' && kind !== 'paused' && kind !== 'exhausted'
  )
}
