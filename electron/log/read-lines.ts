import { LogLine } from '../../shared/log.ts'

/** Lines as they are shown; what is not a line of ours is left out. */
export function readLines(lines: readonly string[]): LogLine[] {
  return lines.flatMap((line) => {
    const fields = parse(line)
    if (!fields) return []
    const { at_ms: atMs, level, event, ...rest } = fields
    const read = LogLine.safeParse({ atMs, level, event, fields: rest })
    return read.success ? [read.data] : []
  })
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    // A line that was cut when the disk was full.
    return null
  }
}
