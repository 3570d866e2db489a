import { Failure, type FailureData } from '../../shared/failure.ts'
import { recognise, type Recognised } from '../dotenv/index.ts'
import type { ReadFile } from './imports.ts'

/** More than a person will read. */
const maxWhy = 50

/** Whatever a person drops or pastes, in whichever format, or IMPORT_REFUSED with what was found and why it is no use. */
export function readFile(bytes: Uint8Array): ReadFile {
  const read = recognise(bytes)
  if (read.ok) return read
  throw new Failure('IMPORT_REFUSED', refusalOf(read))
}

function refusalOf(read: Recognised & { ok: false }): FailureData<'IMPORT_REFUSED'> {
  const { reason, line, column, name, format, ignored, refusedKeys } = read
  const keys = refusedKeys.map(({ reason, line, lastFour }) => ({ name: lastFour && `…${lastFour}`, reason, line }))
  const why = [...ignored.map(({ name, reason, line }) => ({ name, reason, line })), ...keys]
  return { reason, line, column, name, format, why: why.slice(0, maxWhy) }
}
