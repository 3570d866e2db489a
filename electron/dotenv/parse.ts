// Reading follows python-dotenv statement for statement, never looks at a character more than a fixed number of times,
// and loses none: the nodes' texts joined are the text that was read.
import { isInlineSpace, isLineEnd, isPythonSpace } from './python-space.ts'
import { Scanner } from './scanner.ts'
import { byteOrderMark, type DotenvNode, type DotenvTree, type DropReason, type Quote, type Variable } from './tree.ts'
import { unescapeValue, withLineFeeds } from './value-escapes.ts'

const hash = 0x23
const equalsSign = 0x3d
const apostrophe = 0x27

export function parseDotenv(text: string): DotenvTree {
  return parseCounting(text).tree
}

/** The tree, and how many characters were looked at to build it. */
export function parseCounting(source: string): { tree: DotenvTree; steps: number } {
  const bom = source.startsWith(byteOrderMark)
  const text = bom ? source.slice(1) : source
  const scanner = new Scanner(text)
  const nodes: DotenvNode[] = []
  while (!scanner.done) {
    const start = scanner.at
    const space = scanner.takeWhile(isPythonSpace)
    if (space !== '') nodes.push({ kind: 'space', start, text: space })
    if (!scanner.done) nodes.push(readStatement(scanner))
  }
  return { tree: { bom, text, nodes }, steps: scanner.steps }
}

interface Fault {
  reason: DropReason
  at: number
}

function readStatement(scanner: Scanner): DotenvNode {
  const start = scanner.at
  const exportText = readExport(scanner)
  if (scanner.code === hash) {
    takeLine(scanner)
    return { kind: 'comment', start, text: scanner.text.slice(start, scanner.at) }
  }
  const nameStart = scanner.at
  const name = readName(scanner)
  if (name === null) return drop(scanner, start, null, { reason: 'no-name', at: nameStart })
  const nameText = scanner.text.slice(nameStart, scanner.at)
  const assigned = readAssignment(scanner)
  if ('reason' in assigned) return drop(scanner, start, name, assigned)
  return { kind: 'variable', start, exportText, name, nameText, ...assigned }
}

/** `export` counts only with space after it; alone it is a name. */
function readExport(scanner: Scanner): string {
  const start = scanner.at
  if (!scanner.take('export')) return ''
  const space = scanner.takeWhile(isInlineSpace)
  if (space === '') scanner.at = start
  return scanner.text.slice(start, scanner.at)
}

function readName(scanner: Scanner): string | null {
  if (scanner.code === apostrophe) {
    const open = scanner.at
    const close = scanner.find("'", open + 1)
    if (close <= open + 1) return null
    scanner.at = close + 1
    return withLineFeeds(scanner.text.slice(open + 1, close))
  }
  const name = scanner.takeWhile((code) => code !== equalsSign && code !== hash && !isPythonSpace(code))
  return name === '' ? null : name
}

function readAssignment(scanner: Scanner): Pick<Variable, 'equals' | 'quote' | 'raw' | 'value' | 'tail'> | Fault {
  const equalsStart = scanner.at
  scanner.takeWhile(isInlineSpace)
  if (scanner.code !== equalsSign) {
    scanner.at = equalsStart
    const tail = readTail(scanner)
    if (tail === null) return { reason: 'no-equals', at: scanner.at }
    return { equals: '', quote: 'none', raw: '', value: null, tail }
  }
  scanner.at += 1
  scanner.takeWhile(isInlineSpace)
  const equals = scanner.text.slice(equalsStart, scanner.at)
  const written = readValue(scanner)
  if ('reason' in written) return written
  const tail = readTail(scanner)
  if (tail === null) return { reason: 'text-after-quote', at: scanner.at }
  return { equals, ...written, tail }
}

function readValue(scanner: Scanner): { quote: Quote; raw: string; value: string } | Fault {
  const start = scanner.at
  const mark = scanner.text[start]
  if (mark !== "'" && mark !== '"') return readUnquoted(scanner)
  const close = findClosingQuote(scanner, mark)
  if (close === -1) return { reason: 'unterminated-quote', at: start }
  scanner.at = close + 1
  const quote = mark === "'" ? 'single' : 'double'
  scanner.steps += close - start
  return {
    quote,
    raw: scanner.text.slice(start, close + 1),
    value: unescapeValue(scanner.text.slice(start + 1, close), quote),
  }
}

/**
 * The first quote without a backslash directly before it (however many stand before that one). When there is none,
 * python-dotenv's expression falls back to the last one it had taken for escaped.
 */
function findClosingQuote(scanner: Scanner, mark: string): number {
  let escaped = -1
  let found = scanner.find(mark, scanner.at + 1)
  while (found !== -1) {
    if (scanner.text[found - 1] !== '\\') return found
    escaped = found
    found = scanner.find(mark, found + 1)
  }
  return escaped
}

/** To the line's end or to a `#` with space before it, whichever is first, without the space at its end. */
function readUnquoted(scanner: Scanner): { quote: Quote; raw: string; value: string } {
  const start = scanner.at
  let end = start
  while (!scanner.done) {
    const code = scanner.code
    if (isLineEnd(code)) break
    if (code === hash && end < scanner.at) break
    scanner.at += 1
    if (!isPythonSpace(code)) end = scanner.at
  }
  scanner.at = end
  const raw = scanner.text.slice(start, end)
  return { quote: 'none', raw, value: raw }
}

/** Space, a comment and the line's end, or null when something else stands there. */
function readTail(scanner: Scanner): string | null {
  const start = scanner.at
  scanner.takeWhile(isInlineSpace)
  if (scanner.code === hash) scanner.takeWhile((code) => !isLineEnd(code))
  if (!scanner.done && !isLineEnd(scanner.code)) return null
  takeLineEnd(scanner)
  return scanner.text.slice(start, scanner.at)
}

function drop(scanner: Scanner, start: number, name: string | null, fault: Fault): DotenvNode {
  takeLine(scanner)
  const text = scanner.text.slice(start, scanner.at)
  return { kind: 'dropped', start, text, name, reason: fault.reason, faultAt: fault.at }
}

function takeLine(scanner: Scanner): void {
  scanner.takeWhile((code) => !isLineEnd(code))
  takeLineEnd(scanner)
}

function takeLineEnd(scanner: Scanner): void {
  if (!scanner.take('\r\n') && !scanner.take('\n')) scanner.take('\r')
}
