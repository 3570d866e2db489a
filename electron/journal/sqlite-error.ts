import { DamagedJournal } from './damaged-journal.ts'

/** What an error of SQLite means, by its number alone: its words may quote what was being written. */
const corrupt = 11
const full = 13
/** No statement of ours can break one while index and table agree. */
const constraint = 19
const notADatabase = 26

export function isDamage(error: unknown): boolean {
  if (error instanceof DamagedJournal) return true
  const code = primaryCode(error)
  return code === corrupt || code === notADatabase || code === constraint
}

export function isDiskFull(error: unknown): boolean {
  return primaryCode(error) === full
}

/** The low byte of an extended result code. */
function primaryCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}
