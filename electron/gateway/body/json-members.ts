// The top-level members of a JSON object are found where JSON.parse finds them, without reading or copying their values.

/** Where a value lies, from its first byte to after its last. */
export interface Span {
  start: number
  end: number
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

/**
 * Calls `visit` for every member, in order, those of a repeated name each time. False when the bytes are not one JSON
 * object; what is inside its values is walked over and not judged.
 */
export function visitMembers(bytes: Buffer, visit: (name: string, value: Span) => void): boolean {
  let at = skipSpace(bytes, startOf(bytes))
  if (bytes[at] !== openBrace) return false
  at = skipSpace(bytes, at + 1)
  if (bytes[at] === closeBrace) return isOver(bytes, at + 1)
  for (;;) {
    if (bytes[at] !== quote) return false
    const nameEnd = skipString(bytes, at)
    const colonAt = skipSpace(bytes, nameEnd)
    if (bytes[colonAt] !== colon) return false
    const start = skipSpace(bytes, colonAt + 1)
    const end = skipValue(bytes, start)
    if (end === start) return false
    const name = nameOf(bytes, at, nameEnd)
    if (name === null) return false
    visit(name, { start, end })
    at = skipSpace(bytes, end)
    if (bytes[at] === closeBrace) return isOver(bytes, at + 1)
    if (bytes[at] !== comma) return false
    at = skipSpace(bytes, at + 1)
  }
}

/** Where the first member of an object would stand. */
export function afterOpenBrace(bytes: Buffer): number {
  return skipSpace(bytes, startOf(bytes)) + 1
}

/** A byte order mark is no part of the text. */
const startOf = (bytes: Buffer) => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0)

const isOver = (bytes: Buffer, at: number) => skipSpace(bytes, at) >= bytes.length

function isSpace(byte: number | undefined) {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from
  while (isSpace(bytes[at])) at += 1
  return at
}

/** Names are short and mostly plain; one with escapes is read as JSON reads it. */
function nameOf(bytes: Buffer, start: number, end: number): string | null {
  const raw = bytes.toString('utf8', start + 1, end - 1)
  if (!raw.includes('\\')) return raw
  try {
    return JSON.parse(`"${raw}"`) as string
  } catch {
    // An escape that JSON does not know: then this is no JSON.
    return null
  }
}

/** The first bytes of a string are looked at here; a long one is left to the runtime's own search. */
const shortString = 64

/** After the closing quote of the string that begins here, or at the end of the bytes when it has none. */
function skipString(bytes: Buffer, start: number): number {
  let at = start + 1
  const shortEnd = Math.min(bytes.length, at + shortString)
  for (; at < shortEnd; at += 1) {
    const byte = bytes[at]
    if (byte === quote) return at + 1
    if (byte === backslash) at += 1
  }
  for (;;) {
    const end = bytes.indexOf(quote, at)
    if (end < 0) return bytes.length
    if (!isEscaped(bytes, end, at)) return end + 1
    at = end + 1
  }
}

/** An odd number of backslashes stands before it, none of which lies before `from`. */
function isEscaped(bytes: Buffer, at: number, from: number): boolean {
  let slashes = 0
  while (at - slashes > from && bytes[at - slashes - 1] === backslash) slashes += 1
  return slashes % 2 === 1
}

/** After the value that begins here; `start` itself when none does. */
function skipValue(bytes: Buffer, start: number): number {
  const first = bytes[start]
  if (first === quote) return skipString(bytes, start)
  if (first === openBrace || first === openBracket) return skipNested(bytes, start)
  let at = start
  while (at < bytes.length && !isEnd(bytes[at])) at += 1
  return at
}

function isEnd(byte: number | undefined) {
  return byte === comma || byte === closeBrace || byte === closeBracket || isSpace(byte)
}

function skipNested(bytes: Buffer, start: number): number {
  let depth = 0
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (byte === quote) at = skipString(bytes, at) - 1
    else if (byte === openBrace || byte === openBracket) depth += 1
    else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return bytes.length
}
