import type { Quote, Variable } from './tree.ts'

const doubleQuoteEscapes: Record<string, string> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\u000B',
}
const singleQuoteEscapes: Record<string, string> = { '\\': '\\', "'": "'" }

/** Python opens the file in text mode, so every line end becomes LF. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}

/** What python-dotenv reads between the quotes. */
export function unescapeValue(inner: string, quote: Quote): string {
  return replaced(inner, quote, () => undefined)
}

function replaced(inner: string, quote: Quote, onReplace: (at: number, from: number, to: number) => void): string {
  const escapes = quote === 'single' ? singleQuoteEscapes : doubleQuoteEscapes
  return inner.replace(/\r\n?|\\./g, (found: string, at: number) => {
    const plain = found[0] === '\r' ? '\n' : escapes[found.slice(1)]
    if (plain === undefined) return found
    onReplace(at, found.length, plain.length)
    return plain
  })
}

/**
 * Maps an offset in a variable's value to the offset in its `raw` text, so that a fault in JSON can be shown in the
 * file. Built once a variable, asked in logarithmic time.
 */
export function createRawOffset(variable: Variable): (valueOffset: number) => number {
  if (variable.quote === 'none') return (offset) => offset
  const shifts = [{ from: 0, by: 1 }]
  let by = 1
  replaced(variable.raw.slice(1, -1), variable.quote, (at, from, to) => {
    const valueEnd = at + 1 + to - by
    by += from - to
    if (from !== to) shifts.push({ from: valueEnd, by })
  })
  return (offset) => {
    let low = 0
    let high = shifts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((shifts[middle]?.from ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return offset + (shifts[low]?.by ?? 0)
  }
}
