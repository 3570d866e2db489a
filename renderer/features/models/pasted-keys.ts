/**
 * Reads keys out of whatever was pasted: one a line, separated by commas, a JSON array, or `NAME=value`. A shape is
 * only a hint: what main accepts is accepted here, so the examples of a guide are taken as they are.
 */
export interface PastedKey {
  secret: string
  /** The last four characters; nothing of a secret under 20. */
  lastFour: string
  /** Looks like an example out of a guide rather than a key. */
  placeholder: boolean
}

export interface PastedKeys {
  keys: PastedKey[]
  /** How often a secret came again in the same text. */
  repeated: number
  /** Lines with something that no header may carry; numbers from 1. */
  unusableLines: number[]
}

const sendable = /^[\x21-\x7e]{1,4096}$/
const assignment = /^(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=\s*(.*)$/
const example =
  /^(?:your[-_ ]?|<.*>$)|(?:^|[-_])(?:your|example|placeholder|changeme|xxxx+)|\.\.\.$|…$|^sk-(?:key|ds)?\d*$/i

export const lastFourOf = (secret: string): string => (secret.length < 20 ? '' : secret.slice(-4))

const unquoted = (text: string): string =>
  text
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim()

function jsonStrings(text: string): string[] | null {
  if (!/^\s*[["]/.test(text)) return null
  try {
    const value: unknown = JSON.parse(text)
    const list = Array.isArray(value) ? value : [value]
    return list.every((item) => typeof item === 'string') ? list : null
  } catch {
    // Not JSON after all: it is read line by line.
    return null
  }
}

function partsOfLine(line: string): string[] {
  const value = assignment.exec(line.trim())?.[1] ?? line
  const inside = jsonStrings(unquoted(value)) ?? jsonStrings(value)
  if (inside !== null) return inside
  return unquoted(value)
    .split(/[,;\s]+/)
    .map((part) => unquoted(part.replace(/^[[{]|[\]}]$/g, '')))
}

export function parsePastedKeys(text: string): PastedKeys {
  const found: PastedKeys = { keys: [], repeated: 0, unusableLines: [] }
  const seen = new Set<string>()
  const take = (secret: string, line: number) => {
    if (secret === '') return
    if (!sendable.test(secret)) {
      if (found.unusableLines.at(-1) !== line) found.unusableLines.push(line)
    } else if (seen.has(secret)) found.repeated += 1
    else {
      seen.add(secret)
      found.keys.push({ secret, lastFour: lastFourOf(secret), placeholder: example.test(secret) })
    }
  }
  const whole = jsonStrings(text)
  if (whole !== null) for (const secret of whole) take(secret.trim(), 1)
  else
    for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
      if (line.trim().startsWith('#')) continue
      for (const secret of partsOfLine(line)) take(secret, index + 1)
    }
  return found
}
