/** An answer is foreign text: it becomes plain values here, and plain elements later; no markup and no link comes of it. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'code'; language: string; text: string; closed: boolean }

export type Piece = { kind: 'plain' | 'code' | 'strong'; text: string }

const fence = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)[^`]*$/
const heading = /^ {0,3}#{1,6}\s+(.*)$/
/** A longer run of text is cut, so that a new word lays out the last part only. */
const longestBlock = 4_000

/** Splits into code blocks, headings and paragraphs; a code block that is not closed yet reaches to the end. */
export function parseBlocks(source: string): Block[] {
  const blocks: Block[] = []
  let paragraph: string[] = []
  let code: { mark: string; language: string; lines: string[] } | null = null

  const endParagraph = () => {
    const text = paragraph.join('\n')
    paragraph = []
    for (let from = 0; from < text.length; from += longestBlock) {
      blocks.push({ kind: 'text', text: text.slice(from, from + longestBlock) })
    }
  }

  for (const line of source.split('\n')) {
    if (code) {
      if (closes(line, code.mark)) {
        blocks.push({ kind: 'code', language: code.language, text: code.lines.join('\n'), closed: true })
        code = null
      } else code.lines.push(line)
      continue
    }
    const opening = fence.exec(line)
    const title = heading.exec(line)
    if (opening) {
      endParagraph()
      code = { mark: opening[1] ?? '```', language: opening[2] ?? '', lines: [] }
    } else if (title) {
      endParagraph()
      blocks.push({ kind: 'heading', text: title[1] ?? '' })
    } else if (line.trim() === '') endParagraph()
    else paragraph.push(line)
  }
  endParagraph()
  if (code) blocks.push({ kind: 'code', language: code.language, text: code.lines.join('\n'), closed: false })
  return blocks
}

function closes(line: string, mark: string): boolean {
  const trimmed = line.trim()
  return trimmed.length >= mark.length && trimmed === (mark[0] ?? '`').repeat(trimmed.length)
}

/** `code` and **strong** inside a paragraph; a sign without its partner is just a sign. */
export function parsePieces(text: string): Piece[] {
  const pieces: Piece[] = []
  let plainFrom = 0
  for (const match of text.matchAll(/`([^`\n]+)`|\*\*([^*\n]+)\*\*/g)) {
    if (match.index > plainFrom) pieces.push({ kind: 'plain', text: text.slice(plainFrom, match.index) })
    const [whole, code, strong] = match
    pieces.push(code === undefined ? { kind: 'strong', text: strong ?? '' } : { kind: 'code', text: code })
    plainFrom = match.index + whole.length
  }
  if (plainFrom < text.length) pieces.push({ kind: 'plain', text: text.slice(plainFrom) })
  return pieces
}
