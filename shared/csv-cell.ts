export type CellValue = string | number | boolean | null | undefined

/** A spreadsheet takes a cell that begins so for a formula. */
const beginsFormula = /^[=+\-@\t\r\0]/

/** RFC 4180, and nothing in it that a spreadsheet would execute. */
export function cell(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = String(value).replaceAll('\0', '')
  const safe = beginsFormula.test(String(value)) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
