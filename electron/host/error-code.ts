/** Of an error only its code is ever told: a foreign message may hold a path or a secret; our codes and Node's hold neither. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

export const startFailureCode = (error: unknown): string => errorCode(error) ?? 'START_FAILED'
