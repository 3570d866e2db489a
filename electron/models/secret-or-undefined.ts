import { Failure } from '../../shared/failure.ts'
import type { KeyId, ModelId } from '../../shared/identity.ts'
import type { Models } from './models.ts'

/** A key's secret, or nothing while it cannot be had: the vault is locked, or the key is gone. */
export function secretOrUndefined(models: Models, modelId: ModelId, keyId: KeyId): string | undefined {
  try {
    return models.secretOf(modelId, keyId)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}
