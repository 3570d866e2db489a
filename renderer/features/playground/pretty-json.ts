const longest = 200_000

/**
 * JSON with a line for each value; null for what is none. Numbers and strings stay the very letters they were: a parsed
 * and rewritten 12345678901234567890 would be another number.
 */
export function prettyJson(text: string): string | null {
  if (text.length > longest || !isJson(text)) return null
  return laidOut(text.match(/"(?:\\.|[^"\\])*"|[[\]{},:]|[^\s[\]{},:"]+/g) ?? [])
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function laidOut(tokens: readonly string[]): string {
  const out: string[] = []
  let depth = 0
  const line = () => `\n${'  '.repeat(depth)}`
  tokens.forEach((token, index) => {
    const isEmpty = isClosing(tokens[index + 1])
    if (token === '{' || token === '[') {
      depth += 1
      out.push(token, isEmpty ? '' : line())
    } else if (isClosing(token)) {
      depth -= 1
      out.push(isOpening(tokens[index - 1]) ? '' : line(), token)
    } else if (token === ',') out.push(token, line())
    else out.push(token === ':' ? ': ' : token)
  })
  return out.join('')
}

const isOpening = (token: string | undefined) => token === '{' || token === '['
const isClosing = (token: string | undefined) => token === '}' || token === ']'
