/**
 * What has been split off stays as it is, whatever arrives after it: a stream only ever parses and draws its last
 * segment, and the segments of a text are the same however it arrived.
 */
export interface Segment {
  kind: 'markdown' | 'code' | 'math' | 'plain'
  /** Markdown, a formula, or the text of a code block without its fences. */
  source: string
  /** Of a code block; empty when it names none. */
  language: string
  /** False for a code block or a formula whose end has not arrived. */
  closed: boolean
}

export interface Segmenter {
  /** The segments of a text; one that begins with the text before is only read on from there. */
  read: (text: string) => readonly Segment[]
}

/** Longer text without a blank line is not parsed, but shown as it is. */
export const longestMarkdown = 12_000
/** Emphasis is looked up among all open marks; so many of them in one place are no prose. */
const mostMarks = 800
const mostBrackets = 1_500
const deepestNesting = 16
const deepestIndent = 64
/** A list that is longer goes on as another one at its next item. */
const longestList = 3_000
/** What a line begins with says what it is. */
const lineStart = 1_000

interface Mark {
  sign: string
  count: number
}

interface Open {
  form: 'nothing' | 'text' | 'list' | 'code' | 'math'
  from: number
  /** Where the content of a code block starts. */
  bodyFrom: number
  language: string
  /** The fence that a closing one must match: the code block's own, or one inside a list. */
  fence: Mark | null
  /** How a formula ends. */
  end: string
  afterBlank: boolean
}

const nothing = (from: number): Open => ({
  form: 'nothing',
  from,
  bodyFrom: from,
  language: '',
  fence: null,
  end: '',
  afterBlank: false,
})

const fencePattern = /^( *)(`{3,}|~{3,})[ \t]*([^\s`]*)[^`]*$/
const itemPattern = /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\S/
/** What may stand right under a paragraph and still begin a list. */
const interruptingItem = /^ {0,3}(?:[-*+]|1[.)])[ \t]+\S/
const mathEnds: Readonly<Record<string, string>> = { $$: '$$', '\\[': '\\]' }

export function createSegmenter({ latex }: { latex: boolean }): Segmenter {
  let settled: Segment[] = []
  let open = nothing(0)
  let readTo = 0
  let known = ''

  const readLines = (text: string) => {
    for (let end = text.indexOf('\n', readTo); end !== -1; end = text.indexOf('\n', readTo)) {
      open = withLine({ text, from: readTo, to: end, latex }, open, settled)
      readTo = end + 1
    }
  }

  return {
    read(text) {
      if (!text.startsWith(known)) {
        settled = []
        open = nothing(0)
        readTo = 0
      }
      known = text
      readLines(text)
      // The last line may still grow: it is read now and will be read again.
      const tail: Segment[] = []
      const last = readTo < text.length ? withLine({ text, from: readTo, to: text.length, latex }, open, tail) : open
      settle(text, last, text.length, tail)
      return [...settled, ...tail]
    },
  }
}

interface Line {
  text: string
  from: number
  to: number
  latex: boolean
}

/** What is open after this line; what ended before or with it is put into `done`. */
function withLine(line: Line, open: Open, done: Segment[]): Open {
  const start = line.text.slice(line.from, Math.min(line.to, line.from + lineStart)).trimEnd()
  if (open.form === 'code') return inCode(line, start, open, done)
  if (open.form === 'math') return inMath(line, open, done)
  if (open.fence) return isClosing(start, open.fence) ? { ...open, fence: null } : open
  if (start === '') return open.form === 'nothing' ? nothing(line.to + 1) : { ...open, afterBlank: true }
  return opening(line, start, open, done) ?? inText(line, start, open, done)
}

function inCode(line: Line, start: string, open: Open, done: Segment[]): Open {
  if (!open.fence || !isClosing(start, open.fence)) return open
  const source = line.text.slice(open.bodyFrom, Math.max(open.bodyFrom, line.from - 1))
  done.push({ kind: 'code', source, language: open.language, closed: true })
  return nothing(line.to + 1)
}

function inMath({ text, from, to }: Line, open: Open, done: Segment[]): Open {
  if (
    !text
      .slice(Math.max(from, to - lineStart), to)
      .trimEnd()
      .endsWith(open.end)
  )
    return open
  done.push(formula(text.slice(open.from, to), open.end))
  return nothing(to + 1)
}

/** A code block or a formula begins here. */
function opening(line: Line, start: string, open: Open, done: Segment[]): Open | null {
  const { text, from, to } = line
  const indent = indentOf(start)
  const isInside = open.form === 'list' ? indent >= 2 : indent > 3
  const fence = fencePattern.exec(start)
  if (fence) {
    const mark = { sign: fence[2]?.[0] ?? '`', count: fence[2]?.length ?? 3 }
    if (isInside) return open.form === 'list' ? { ...open, fence: mark, afterBlank: false } : null
    settle(text, open, from, done)
    return { ...nothing(from), form: 'code', bodyFrom: to + 1, language: fence[3] ?? '', fence: mark }
  }
  const end = line.latex && !isInside ? mathEnds[start.trimStart().slice(0, 2)] : undefined
  if (end === undefined) return null
  settle(text, open, from, done)
  const begun: Open = { ...nothing(from), form: 'math', end }
  return start.trim().length > 2 ? inMath(line, begun, done) : begun
}

function inText({ text, from }: Line, start: string, open: Open, done: Segment[]): Open {
  const isItem = itemPattern.test(start)
  const goesOn = open.form !== 'nothing' && isContinued(open, start, isItem, from)
  if (goesOn) return { ...open, afterBlank: false }
  settle(text, open, from, done)
  return { ...nothing(from), form: isItem ? 'list' : 'text' }
}

function isContinued(open: Open, start: string, isItem: boolean, from: number): boolean {
  const indent = indentOf(start)
  if (open.form === 'list' && isItem && indent < 2) return from - open.from < longestList
  if (open.form === 'text' && indent < 2 && interruptingItem.test(start)) return false
  return !open.afterBlank || indent >= 2
}

/** Ends what is open before this place. */
function settle(text: string, open: Open, to: number, done: Segment[]): void {
  if (open.form === 'nothing' || open.from >= to) return
  const source = text.slice(open.from, to)
  if (open.form === 'code') {
    const body = text.slice(Math.min(open.bodyFrom, to), to)
    done.push({ kind: 'code', source: body, language: open.language, closed: false })
  } else done.push({ kind: isTooMuch(source) ? 'plain' : 'markdown', source, language: '', closed: true })
}

const formula = (source: string, end: string): Segment => ({
  kind: source.length > longestMarkdown ? 'plain' : 'math',
  source: source.trim().slice(2, -end.length).trim(),
  language: '',
  closed: true,
})

function isClosing(start: string, { sign, count }: Mark): boolean {
  const line = start.trim()
  return line.length >= count && line === sign.repeat(line.length)
}

function indentOf(line: string): number {
  let width = 0
  for (const sign of line) {
    if (sign === ' ') width += 1
    else if (sign === '\t') width += 4
    else break
  }
  return width
}

const nested = new RegExp(String.raw`^(?:\s*(?:>|[-*+]\s|\d{1,9}[.)]\s)){${deepestNesting}}`, 'm')
const indented = new RegExp(String.raw`^[ \t]{${deepestIndent},}(?:[-*+>]|\d{1,9}[.)])`, 'm')

/** Whether parsing it could take longer than a frame: what no writer means, or what somebody means to do harm with. */
function isTooMuch(source: string): boolean {
  if (source.length > longestMarkdown) return true
  if (nested.test(source) || indented.test(source)) return true
  return occurrences(source, '*_~') > mostMarks || occurrences(source, '[<`$') > mostBrackets
}

function occurrences(source: string, signs: string): number {
  let count = 0
  for (const sign of source) if (signs.includes(sign)) count += 1
  return count
}
