import type { ModelId } from '../../shared/identity.ts'
import type { KnownSecret } from '../../shared/key.ts'
import { inUse } from './catalogue.ts'
import type { KeySafe } from './key-safe.ts'

/** Where secrets that are about to be added are held already, found by their fingerprints. */
export function knownSecrets(
  safes: readonly KeySafe[],
  modelId: ModelId | null,
  secrets: readonly string[],
): KnownSecret[] {
  const known: KnownSecret[] = secrets.map(() => ({ label: null, alsoIn: [] }))
  for (const safe of safes) {
    const places = placesByFingerprint(safe, secrets)
    for (const model of inUse(safe.models())) {
      for (const { id, label } of inUse(model.keys)) {
        for (const place of places.get(safe.fingerprintOf(id) ?? '') ?? []) {
          const one = known[place]
          if (one === undefined) continue
          if (model.id === modelId) one.label = label
          else one.alsoIn.push(model.name)
        }
      }
    }
  }
  return known
}

function placesByFingerprint(safe: KeySafe, secrets: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  // A safe that holds nothing may also be one that cannot tell secrets apart now.
  if (safe.models().length === 0) return places
  for (const [place, secret] of secrets.entries()) {
    const fingerprint = safe.fingerprint(secret)
    places.set(fingerprint, [...(places.get(fingerprint) ?? []), place])
  }
  return places
}
