// A model holds no secret twice: what it has already is found by its fingerprint and not added again.
import { KeyId } from '../../shared/identity.ts'
import { noLimits, type NewKey } from '../../shared/key.ts'
import { looksOfSecret } from '../../shared/secret-looks.ts'
import { hostOf } from './api-base.ts'
import { createLabels, inUse, lastFourOf } from './catalogue.ts'
import type { SafeDraft } from './key-safe.ts'
import type { StoredKey, StoredModel } from './stored-model.ts'

/** Adds the secrets a model does not hold yet, and says which keys came of it. */
export function addNewKeys(
  draft: SafeDraft,
  model: StoredModel,
  keys: readonly NewKey[],
  fingerprintOf: (secret: string) => string,
  newId: () => string,
  nowMs: number,
): StoredKey[] {
  const known = new Set(inUse(model.keys).map((key) => draft.fingerprintOf(key.id)))
  const nextLabel = createLabels(model.keys)
  const added: StoredKey[] = []
  for (const { label, secret } of keys) {
    const fingerprint = fingerprintOf(secret)
    if (known.has(fingerprint)) continue
    const key = storedKey(KeyId.parse(newId()), label ?? nextLabel(), secret, nowMs)
    known.add(fingerprint)
    model.keys.push(key)
    draft.seal(key.id, secret, hostOf(model.apiBase))
    added.push(key)
  }
  return added
}

export function holderOf(draft: SafeDraft, model: StoredModel, fingerprints: readonly string[]): StoredKey | undefined {
  return inUse(model.keys).find((key) => fingerprints.includes(draft.fingerprintOf(key.id) ?? ''))
}

function storedKey(id: KeyId, label: string, secret: string, nowMs: number): StoredKey {
  return {
    id,
    label,
    weight: 1,
    paused: false,
    pausedUntilMs: null,
    limits: noLimits,
    account: '',
    expiresAtMs: null,
    note: '',
    tags: [],
    addedAtMs: nowMs,
    looks: looksOfSecret(secret),
    lastFour: lastFourOf(secret),
    replaced: null,
    deletedAtMs: null,
  }
}
