/** Code in pieces that never change once the next one has begun, so that a growing block lays out its last piece only. */
export interface CodeChunk {
  text: string
  /** The line it begins with. */
  firstLine: number
  lines: number
}

export const linesOfChunk = 40
const longestChunk = 4_000

export function codeChunks(text: string): CodeChunk[] {
  const chunks: CodeChunk[] = []
  let from = 0
  let firstLine = 0
  while (from < text.length) {
    const { to, lines } = endOfChunk(text, from)
    chunks.push({ text: text.slice(from, to), firstLine, lines })
    firstLine += lines
    from = to
  }
  return chunks
}

/** After so many lines, or in the middle of a line that is too long to be laid out at once. */
function endOfChunk(text: string, from: number): { to: number; lines: number } {
  let to = from
  for (let lines = 0; lines < linesOfChunk; lines += 1) {
    const end = text.indexOf('\n', to)
    const next = end === -1 ? text.length : end + 1
    if (next - from > longestChunk) {
      // A chunk ends with a line where it can; one line that is longer than a chunk is cut.
      if (lines > 0) return { to, lines }
      return { to: wholeCharacters(text, from + longestChunk), lines: 0 }
    }
    to = next
    if (end === -1) return { to, lines: lines + 1 }
  }
  return { to, lines: linesOfChunk }
}

/** Text that is only cut, never between the two halves of a character. */
export function plainChunks(text: string): string[] {
  const chunks: string[] = []
  for (let from = 0; from < text.length;) {
    const to = wholeCharacters(text, Math.min(text.length, from + longestChunk))
    chunks.push(text.slice(from, to))
    from = to
  }
  return chunks
}

function wholeCharacters(text: string, at: number): number {
  const code = text.charCodeAt(at - 1)
  return code >= 0xd8_00 && code <= 0xdb_ff && at < text.length ? at + 1 : at
}
