import type { HeaderId } from '../../../shared/identity.ts'
import type { HeaderRow, HeaderView } from '../../../shared/model-headers.ts'
import { presetAt } from '../../../shared/provider-presets.ts'

/** Rows that stay as they are, their values where they lie. */
export const keptRows = (headers: readonly HeaderView[]): HeaderRow[] => headers.map(({ id, name }) => ({ id, name }))

/** Null when it has gone already. */
export const rowsWithout = (headers: readonly HeaderView[], gone: HeaderId): HeaderRow[] | null =>
  headers.some(({ id }) => id === gone) ? keptRows(headers).filter(({ id }) => id !== gone) : null

export interface HeaderDraft {
  name: string
  /** Empty keeps the value of a header that is there. */
  value: string
}

/** With this header in the place of the one that was changed, or at the end. */
export function rowsWith(
  headers: readonly HeaderView[],
  changed: HeaderId | null,
  { name, value }: HeaderDraft,
): HeaderRow[] {
  const row: HeaderRow = { id: changed, name, ...(value === '' ? {} : { value }) }
  const rows = keptRows(headers)
  return changed === null ? [...rows, row] : rows.map((one) => (one.id === changed ? row : one))
}

/** What the providers ask for in their own guides. */
const namesOf: Readonly<Record<string, readonly string[] | undefined>> = {
  openai: ['OpenAI-Organization', 'OpenAI-Project'],
  openrouter: ['HTTP-Referer', 'X-Title'],
  anthropic: ['anthropic-beta'],
}
const anyNames = Object.values(namesOf).flatMap((names) => names ?? [])

/** Names to offer at an address, without those that are taken. */
export function offeredNames(apiBase: string, headers: readonly HeaderView[]): string[] {
  const taken = new Set(headers.map(({ name }) => name.toLowerCase()))
  const names = namesOf[presetAt(apiBase)?.id ?? ''] ?? anyNames
  return names.filter((name) => !taken.has(name.toLowerCase()))
}
