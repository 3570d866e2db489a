import type { LogLine } from '../../../shared/log.ts'

export const shownLevels = ['debug', 'info', 'warn', 'error'] as const satisfies readonly LogLine['level'][]
export type ShownLevel = (typeof shownLevels)[number]

export interface LogFilter {
  /** The least of what is shown. */
  level: ShownLevel
  /** Words that all must be in the line, whatever their case. */
  text: string
}

/** A line's fields as one text: `key=acct-1 status=429`. */
export const fieldsText = ({ fields }: LogLine): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')

export function matching(lines: readonly LogLine[], { level, text }: LogFilter): LogLine[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const least = shownLevels.indexOf(level)
  return lines.filter((line) => {
    if (shownLevels.indexOf(line.level) < least) return false
    const whole = `${line.level} ${line.event} ${fieldsText(line)}`.toLowerCase()
    return words.every((word) => whole.includes(word))
  })
}
