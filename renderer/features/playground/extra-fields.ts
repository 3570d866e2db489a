import type { ExtraFields } from '../../../shared/chat.ts'
import { maxFieldName, reservedFields } from '../../../shared/chat-limits.ts'

export type ExtraProblem =
  | { kind: 'not-json' }
  | { kind: 'not-an-object' }
  | { kind: 'reserved'; name: string }
  | { kind: 'name' }

export type ReadExtra = { fields: ExtraFields | null; problem: ExtraProblem | null }

/** Further fields of the request as they were written by hand; nothing is no field. */
export function readExtra(text: string): ReadExtra {
  if (text.trim() === '') return { fields: null, problem: null }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { fields: null, problem: { kind: 'not-json' } }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { fields: null, problem: { kind: 'not-an-object' } }
  const name = reservedFields.find((reserved) => Object.hasOwn(value, reserved))
  if (name !== undefined) return { fields: null, problem: { kind: 'reserved', name } }
  if (!Object.keys(value).every(isFieldName)) return { fields: null, problem: { kind: 'name' } }
  return { fields: value as ExtraFields, problem: null }
}

/** The name of the prototype is no provider's field, and would be lost on the way. */
const isFieldName = (name: string) => name !== '' && name.length <= maxFieldName && name !== '__proto__'

export const extraText = (fields: ExtraFields | undefined): string =>
  fields === undefined ? '' : JSON.stringify(fields, null, 2)
