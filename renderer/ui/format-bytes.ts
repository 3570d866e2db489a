import { numberFormat } from './intl.ts'

const bytesOf = { kilobyte: 1_024, megabyte: 1_048_576 } as const

/** "840 kB", "5.2 MB": as file managers say it. */
export function formatBytes(bytes: number, language: string): string {
  const unit = bytes < bytesOf.megabyte ? 'kilobyte' : 'megabyte'
  const maximumFractionDigits = unit === 'kilobyte' ? 0 : 1
  return numberFormat(language, { style: 'unit', unit, maximumFractionDigits }).format(bytes / bytesOf[unit])
}
