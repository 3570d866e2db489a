import { Failure } from '../../shared/failure.ts'

/** A secret, or nothing while it cannot be had: the vault is locked, or what it belongs to is gone. */
export function secretOrUndefined(read: () => string): string | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}
