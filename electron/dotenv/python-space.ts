// What Python's `\s` and `str.isspace` call white space; JavaScript's `\s` differs at U+001C-001F, U+0085 and U+FEFF.

const lineFeed = 0x0a
const carriageReturn = 0x0d

export function isPythonSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f)
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  )
}

export function isLineEnd(code: number): boolean {
  return code === lineFeed || code === carriageReturn
}

export function isInlineSpace(code: number): boolean {
  return isPythonSpace(code) && !isLineEnd(code)
}
