// A masked line shows of a secret its last four characters, and nothing at all of one under 20.
import type { LinePart } from '../../../shared/export.ts'
import type { SecretRange } from '../../dotenv/index.ts'
import { lastFourOf } from '../../models/catalogue.ts'

/** A text by lines: as they are, to compare, and as parts to show. */
export interface ShownText {
  readonly lines: readonly string[]
  readonly parts: (line: number, isRevealed: boolean) => LinePart[]
}

interface Line {
  readonly start: number
  readonly text: string
}

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let start = 0
  for (const end of text.matchAll(/\r\n|[\r\n]/g)) {
    lines.push({ start, text: text.slice(start, end.index) })
    start = end.index + end[0].length
  }
  if (start < text.length) lines.push({ start, text: text.slice(start) })
  return lines
}

export function shownText(text: string, ranges: readonly SecretRange[]): ShownText {
  const lines = linesOf(text)
  const sorted = merged(ranges)
  return {
    lines: lines.map((line) => line.text),
    parts(index, isRevealed) {
      const line = lines[index]
      return line === undefined ? [] : partsOf(line, touching(sorted, line), text, isRevealed)
    },
  }
}

function merged(ranges: readonly SecretRange[]): SecretRange[] {
  const result: SecretRange[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last !== undefined && range.start < last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
    } else if (range.end > range.start) result.push(range)
  }
  return result
}

/** Those that reach into a line, found by halving: a file may have as many ranges as lines. */
function touching(ranges: readonly SecretRange[], { start, text }: Line): SecretRange[] {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.end ?? 0) <= start) low = middle + 1
    else high = middle
  }
  const found: SecretRange[] = []
  for (let index = low; index < ranges.length; index += 1) {
    const range = ranges[index]
    if (range === undefined || range.start >= start + text.length) break
    found.push(range)
  }
  return found
}

function partsOf(line: Line, ranges: readonly SecretRange[], text: string, isRevealed: boolean): LinePart[] {
  const parts: LinePart[] = []
  const end = line.start + line.text.length
  let at = line.start
  for (const range of ranges) {
    const from = Math.max(range.start, line.start)
    const to = Math.min(range.end, end)
    if (from > at) parts.push({ text: text.slice(at, from), secret: false })
    const isWhole = range.start >= line.start && range.end <= end
    const secret = text.slice(from, to)
    parts.push({ text: isRevealed ? secret : isWhole ? lastFourOf(secret) : '', secret: true })
    at = to
  }
  if (at < end) parts.push({ text: text.slice(at, end), secret: false })
  return parts
}
