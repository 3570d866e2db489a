// npm dotenv's grammar without its cost: its expressions need quadratic time, this reading looks at each character a
// fixed number of times.
import type { Reading } from './readers.ts'

const name = /[\w.-]+/y
const exportWord = /export\s+/y

export function readAsNpmDotenv(statement: string): Reading {
  const text = statement.replaceAll(/\r\n?/g, '\n')
  const start = skipSpace(text, 0)
  const afterExport = matchEnd(exportWord, text, start) ?? start
  const nameStart = matchEnd(name, text, afterExport) === null ? start : afterExport
  const nameEnd = matchEnd(name, text, nameStart)
  if (nameEnd === null) return { kind: 'missing' }
  const signAt = skipSpace(text, nameEnd)
  const isColon = text[nameEnd] === ':' && isSpace(text, nameEnd + 1)
  if (text[signAt] !== '=' && !isColon) return { kind: 'missing' }
  const valueStart = isColon ? nameEnd + 1 : signAt + 1
  const found = { kind: 'value' as const, name: text.slice(nameStart, nameEnd) }
  const quoted = readQuoted(text, skipSpace(text, valueStart))
  const { value, end } = quoted ?? readRest(text, valueStart)
  // Without quotes around them U+2028 and U+2029 end a line for the expression that takes quotes off.
  if (quoted === null && /[\u2028\u2029]/.test(value)) return { kind: 'runs' }
  return isNothing(text, end) ? { ...found, value } : { kind: 'runs' }
}

interface Value {
  value: string
  end: number
}

/** A quote closes where only space and a comment follow on its line; one after a backslash only when no other does. */
function readQuoted(text: string, open: number): Value | null {
  const mark = text[open]
  if (mark !== "'" && mark !== '"' && mark !== '`') return null
  let escaped: number | null = null
  let close = text.indexOf(mark, open + 1)
  while (close !== -1 && text[close - 1] === '\\') {
    if (endsLine(text, close + 1)) escaped = close
    close = text.indexOf(mark, close + 1)
  }
  if (close === -1 || !endsLine(text, close + 1)) close = escaped ?? -1
  if (close === -1) return null
  return { value: unescape(text.slice(open + 1, close), mark), end: close + 1 }
}

function unescape(inner: string, mark: string): string {
  return mark === '"' ? inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inner
}

/** Without quotes: to the line's end or to a `#`, wherever it stands; a pair of quotes around it is taken off. */
function readRest(text: string, start: number): Value {
  const stop = /[#\n]/g
  stop.lastIndex = start
  const end = stop.exec(text)?.index ?? text.length
  const value = text.slice(start, end).trim()
  const mark = value[0] ?? ''
  const isPair = value.length > 1 && `'"\``.includes(mark) && value.endsWith(mark)
  return { value: unescape(isPair ? value.slice(1, -1) : value, mark), end }
}

function endsLine(text: string, from: number): boolean {
  const space = /[^\S\n\u2028\u2029]*/y
  const at = matchEnd(space, text, from) ?? from
  return at >= text.length || /[\n#\u2028\u2029]/.test(text[at] ?? '')
}

/** Whether nothing but space and comments follows: anything else would be a statement more. */
function isNothing(text: string, from: number): boolean {
  let at = skipSpace(text, from)
  while (text[at] === '#') {
    const next = /[\n\u2028\u2029]/g
    next.lastIndex = at
    at = skipSpace(text, next.exec(text)?.index ?? text.length)
  }
  return at >= text.length
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text[at] ?? '')
}

function skipSpace(text: string, from: number): number {
  return matchEnd(/\s*/y, text, from) ?? from
}

function matchEnd(form: RegExp, text: string, from: number): number | null {
  form.lastIndex = from
  return form.test(text) ? form.lastIndex : null
}
