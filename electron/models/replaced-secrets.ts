// A replaced secret is forgotten when its successor has served, and not before: an attempt counts for the secret that
// the key had when it began.
import type { KeyId, ModelId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { ListedModel, Models } from './models.ts'

export interface ReplacedSecretsDeps {
  models: Pick<Models, 'list' | 'settleSecret'>
  reportBug: (error: unknown) => void
}

export function createReplacedSecrets({ models, reportBug }: ReplacedSecretsDeps) {
  /** Attempts under way with a new secret, by request and number: the fingerprint of that secret. */
  const underWay = new Map<string, string>()
  const settling = new Set<KeyId>()

  let lookedAt: readonly ListedModel[] = []
  let hasReplaced = false

  /** Hardly ever a secret has been replaced, and every attempt asks. */
  function areAllProven(list: readonly ListedModel[]): boolean {
    if (list === lookedAt) return !hasReplaced
    lookedAt = list
    hasReplaced = list.some(({ model }) => model.keys.some(({ replaced }) => replaced))
    return !hasReplaced
  }

  /** The fingerprint of a secret that has not served yet. */
  function unproven(modelId: ModelId, keyId: KeyId): string | undefined {
    const list = models.list()
    if (areAllProven(list)) return undefined
    const listed = list.find(({ model }) => model.id === modelId)
    const key = listed?.model.keys.find(({ id }) => id === keyId)
    return key?.replaced ? listed?.fingerprintOf(keyId) : undefined
  }

  async function settle(modelId: ModelId, keyId: KeyId) {
    settling.add(keyId)
    try {
      await models.settleSecret(modelId, keyId)
    } catch (error) {
      // A full disk, say. The old secret stays, and the next attempt that serves tries again.
      reportBug(error)
    } finally {
      settling.delete(keyId)
    }
  }

  return {
    record(event: LiveEvent) {
      if (event.kind !== 'attempt-started' && event.kind !== 'attempt-ended') return
      const { requestId, number, modelId, keyId } = event
      if (event.kind === 'attempt-started') {
        const fingerprint = unproven(modelId, keyId)
        if (fingerprint !== undefined) underWay.set(`${requestId}/${number}`, fingerprint)
        return
      }
      if (underWay.size === 0) return
      const attempt = `${requestId}/${number}`
      const fingerprint = underWay.get(attempt)
      underWay.delete(attempt)
      if (fingerprint === undefined || event.outcome.kind !== 'served') return
      if (unproven(modelId, keyId) === fingerprint && !settling.has(keyId)) void settle(modelId, keyId)
    },
  }
}
