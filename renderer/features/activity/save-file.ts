import type { ExportQuery } from '../../../shared/activity.ts'

const types: Record<ExportQuery['format'], string> = { csv: 'text/csv;charset=utf-8', json: 'application/json' }

/** Hands the file to the browser, which asks or knows where to put it. */
export function saveFile(texts: readonly string[], format: ExportQuery['format'], link: HTMLAnchorElement): void {
  const url = URL.createObjectURL(new Blob([...texts], { type: types[format] }))
  link.href = url
  link.download = `keywheel-activity.${format}`
  link.click()
  URL.revokeObjectURL(url)
}
