/**
 * Reads keys out of whatever was pasted: one a line, separated by commas, a JSON array, or `NAME=value`. A shape is
 * only a hint: what main accepts is accepted here, so the examples of a guide are taken as they are.
 */
import { maxKeysAtOnce, maxKeysLength } from '../../../shared/key-limits.ts'
import { readKeyText, type KeyRefusal, type KeyWarning } from '../../../shared/key-text.ts'
import { lastFourOf } from '../../../shared/last-four.ts'
import { looksOfSecret } from '../../../shared/secret-looks.ts'

export interface PastedKey {
  secret: string
  /** The last four characters; nothing of a secret under 20. */
  lastFour: string
  /** The line it stood on, from 1. */
  line: number
  /** Looks like an example out of a guide rather than a key. */
  placeholder: boolean
  /** Whose key it looks like, by the id in the table of providers. */
  provider: string | null
  /** What was set right, or looks odd. */
  warnings: readonly KeyWarning[]
}

/** A piece that cannot be a key, by where it stands and never by what it says. */
export interface UnusablePiece {
  line: number
  /** The place of the first wrong character in the piece, from 1. */
  column: number
  reason: KeyRefusal
}

export interface PastedKeys {
  keys: PastedKey[]
  /** How often a secret came again in the same text. */
  repeated: number
  unusable: UnusablePiece[]
  /** A whole file or command was pasted, which the import reads better. */
  looksLikeFile: boolean
}

/** More than can be added in one go, which is done whole or not at all. */
export const isTooMuch = (keys: readonly { secret: string }[]): boolean =>
  keys.length > maxKeysAtOnce || keys.reduce((sum, { secret }) => sum + secret.length, 0) > maxKeysLength

const assignment = /^(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=\s*(.*)$/
const fileMark = /^\s*(?:LLM_MODEL_CONFIGS\s*=|curl\s|\{\s*"|model_list\s*:)/m

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
  const bearer = /^\s*(?:authorization:\s*)?bearer\s+(\S+)\s*$/i.exec(unquoted(value))?.[1]
  if (bearer !== undefined) return [`Bearer ${bearer}`]
  return unquoted(value)
    .split(/[,;\s]+/)
    .map((part) => unquoted(part.replace(/^[[{]|[\]}]$/g, '')))
}

const fileMarks = [
  /^\s*(?:export\s+)?LLM_MODEL_CONFIGS\s*=/m,
  /^\s*curl\s/,
  /^\s*model_list\s*:/m,
  /["'](?:api_keys?|api_base|model_name|base_url)["']\s*:/,
]

/** A whole configuration says whose its keys are: reading keys out of it would lose that, and take words for keys. */
export const looksLikeConfiguration = (text: string): boolean => fileMarks.some((mark) => mark.test(text))

const privateKey = /-----BEGIN [^-\r\n]+-----[\s\S]*?(?:-----END [^-\r\n]+-----|$)/g

/** A private key goes over many lines, none of which may be taken for a key of its own. The lines stay, empty. */
function withoutPrivateKeys(text: string, onFound: (line: number) => void): string {
  return text.replace(privateKey, (block, at: number) => {
    onFound(text.slice(0, at).split(/\r\n|\r|\n/).length)
    return block.replace(/[^\r\n]/g, '')
  })
}

export function parsePastedKeys(text: string): PastedKeys {
  const found: PastedKeys = { keys: [], repeated: 0, unusable: [], looksLikeFile: fileMark.test(text) }
  const seen = new Set<string>()
  const take = (piece: string, line: number) => {
    if (piece.trim() === '') return
    const read = readKeyText(piece)
    if (!read.ok) found.unusable.push({ line, column: read.at + 1, reason: read.reason })
    else if (seen.has(read.secret)) found.repeated += 1
    else {
      seen.add(read.secret)
      found.keys.push(pastedKey(read.secret, line, read.warnings))
    }
  }
  const rest = withoutPrivateKeys(text, (line) => {
    found.unusable.push({ line, column: 1, reason: 'key-is-private-key' })
  })
  const whole = jsonStrings(text)
  if (whole !== null) for (const secret of whole) take(secret, 1)
  else
    for (const [index, line] of rest.split(/\r\n|\r|\n/).entries()) {
      if (line.trim().startsWith('#')) continue
      for (const piece of partsOfLine(line)) take(piece, index + 1)
    }
  return found
}

function pastedKey(secret: string, line: number, warnings: readonly KeyWarning[]): PastedKey {
  return { secret, line, warnings, lastFour: lastFourOf(secret), ...looksOfSecret(secret) }
}
