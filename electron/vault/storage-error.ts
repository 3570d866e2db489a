import { Failure } from '../../shared/failure.ts'

/** The code of a failed system call, or null. Only the code: a foreign message may hold a path or a secret. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  const { code } = error
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : null
}

export const isMissing = (error: unknown): boolean => errorCode(error) === 'ENOENT'

const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Any error of the disk as one of our codes; what is one already stays. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  const code = errorCode(error)
  if (code !== null && noRoom.has(code)) return new Failure('DISK_FULL', {}, { cause: error })
  return new Failure('STORAGE_FAILED', { code: code ?? 'UNKNOWN' }, { cause: error })
}
