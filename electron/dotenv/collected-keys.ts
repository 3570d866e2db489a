// The keys of one model as they are found: each secret once, and what cannot be one with its reason and none of it but
// what a mask shows.
import { readKeyText, type KeyRefusal } from '../../shared/key-text.ts'

export interface RefusedKey {
  reason: KeyRefusal | 'key-wrong-type' | 'key-is-reference' | 'key-not-likely'
  /** What a masked value shows of its key, or the last four characters of one that is long enough to show them. */
  lastFour: string
  line: number | null
}

export interface CollectedKeys {
  secrets: Set<string>
  refused: RefusedKey[]
}

/** More than a person will read. */
const maxRefused = 200

export const noKeys = (): CollectedKeys => ({ secrets: new Set(), refused: [] })

export function addSecret(
  keys: CollectedKeys,
  text: string,
  notify: (code: string) => void,
  line: number | null = null,
): void {
  const key = readKeyText(text)
  if (!key.ok) {
    notify(key.reason)
    refuseKey(keys, key.reason, text, line)
    return
  }
  for (const warning of key.warnings) notify(warning)
  if (keys.secrets.has(key.secret)) notify('key-duplicate')
  keys.secrets.add(key.secret)
}

export function refuseKey(
  keys: CollectedKeys,
  reason: RefusedKey['reason'],
  text: string,
  line: number | null = null,
): void {
  if (keys.refused.length < maxRefused) keys.refused.push({ reason, lastFour: shownOf(reason, text), line })
}

/** Whether nothing but masked keys was found: they stand for keys that are kept elsewhere. */
export const isMaskedOnly = ({ secrets, refused }: CollectedKeys): boolean =>
  secrets.size === 0 && refused.length > 0 && refused.every(({ reason }) => reason === 'key-masked')

function shownOf(reason: RefusedKey['reason'], text: string): string {
  const trimmed = text.trim()
  if (reason === 'key-masked') return /(?:…|\.{3}|[•●*]{3,})([\w-]{1,4})$/.exec(trimmed)?.[1] ?? ''
  const isShown = reason !== 'key-is-reference' && reason !== 'key-not-likely' && trimmed.length >= 20
  return isShown ? trimmed.slice(-4).replaceAll(/[^\x21-\x7E]/g, '') : ''
}
