import { noKeys, refuseKey, type RefusedKey } from './collected-keys.ts'
import { isPlaceholderSecret, readKeyText, splitKeyList } from '../../shared/key-text.ts'
import { createLocator } from './locate.ts'
import { parseDotenv } from './parse.ts'

/** A key without a model. */
export interface LooseKey {
  secret: string
  /** The name it stood under, such as `OPENAI_API_KEY`. */
  label: string | null
  line: number
}

const shortestKey = 12

/**
 * Keys one a line or with commas, as GPT-Load and one-api take them, or `NAME=key` lines. Words of prose are not keys:
 * a piece counts when it is long enough, is one word, and has a digit or a key's usual prefix.
 */
export function readKeyLines(text: string): { keys: LooseKey[]; refused: RefusedKey[] } {
  const found = new Map<string, LooseKey>()
  const others = noKeys()
  for (const { label, value, line } of piecesOf(text)) {
    const key = readKeyText(value)
    if (!key.ok) refuseKey(others, key.reason, value, line)
    else if (!looksLikeKey(key.secret)) refuseKey(others, 'key-not-likely', value, line)
    else if (!found.has(key.secret)) found.set(key.secret, { secret: key.secret, label, line })
  }
  return { keys: [...found.values()], refused: others.refused }
}

interface Piece {
  label: string | null
  value: string
  line: number
}

function piecesOf(text: string): Piece[] {
  const tree = parseDotenv(text)
  const locate = createLocator(tree.text)
  return tree.nodes.flatMap((node): Piece[] => {
    const { line } = locate(node.start)
    // A key in Base64 ends in signs, which makes no assignment of it.
    const isAssignment = node.kind === 'variable' && !/^=*$/.test(node.value ?? '') && /^[A-Za-z_]\w*$/.test(node.name)
    if (isAssignment && /key|token|secret/i.test(node.name)) {
      return splitKeyList(node.value ?? '').map((value) => ({ label: node.name, value, line }))
    }
    if (isAssignment || node.kind === 'comment' || node.kind === 'space') return []
    const written = node.kind === 'variable' ? node.nameText + node.equals + node.raw : node.text
    return splitKeyList(written).map((value) => ({ label: null, value, line }))
  })
}

function looksLikeKey(secret: string): boolean {
  if (secret.length < shortestKey) return isPlaceholderSecret(secret) && secret.startsWith('sk-')
  return /\d/.test(secret) || /^(?:sk|pk|gsk|AIza|key|xai|r8|hf)[-_]?/.test(secret)
}
