// What a person pasted as a key becomes a secret that can stand in an HTTP header, or a reason and a position; the
// reason never holds any of the text.

export type KeyRefusal =
  | 'key-blank'
  | 'key-too-long'
  | 'key-control-character'
  | 'key-not-ascii'
  | 'key-space'
  | 'key-masked'
  | 'key-is-private-key'

export type KeyWarning =
  | 'key-trimmed'
  | 'key-unquoted'
  | 'key-bearer-removed'
  | 'key-placeholder'
  | 'key-short'
  | 'key-is-jwt'
  | 'key-is-github-token'

export type KeyText =
  | { ok: true; secret: string; warnings: KeyWarning[] }
  | { ok: false; reason: KeyRefusal; at: number }

const maxSecretLength = 4096
const shortestLikelyKey = 8

export function readKeyText(text: string): KeyText {
  const warnings: KeyWarning[] = []
  let secret = text.trim()
  if (secret !== text) warnings.push('key-trimmed')
  if (/^(['"]).*\1$/.test(secret) && secret.length > 1) {
    secret = secret.slice(1, -1).trim()
    warnings.push('key-unquoted')
  }
  if (/^bearer\s/i.test(secret)) {
    secret = secret.slice(7).trim()
    warnings.push('key-bearer-removed')
  }
  const fault = faultOf(secret)
  if (fault !== null) return { ok: false, reason: fault.reason, at: text.indexOf(secret) + fault.at }
  return { ok: true, secret, warnings: [...warnings, ...looksOf(secret)] }
}

function faultOf(secret: string): { reason: KeyRefusal; at: number } | null {
  if (secret === '') return { reason: 'key-blank', at: 0 }
  if (secret.length > maxSecretLength) return { reason: 'key-too-long', at: maxSecretLength }
  if (secret.startsWith('-----BEGIN ')) return { reason: 'key-is-private-key', at: 0 }
  if (isMaskedSecret(secret)) return { reason: 'key-masked', at: 0 }
  const at = secret.search(/[^\x21-\x7E]/)
  if (at === -1) return null
  const code = secret.charCodeAt(at)
  if (code === 0x20) return { reason: 'key-space', at }
  return { reason: code < 0x20 || code === 0x7f ? 'key-control-character' : 'key-not-ascii', at }
}

function looksOf(secret: string): KeyWarning[] {
  const looks: KeyWarning[] = []
  if (isPlaceholderSecret(secret)) looks.push('key-placeholder')
  else if (secret.length < shortestLikelyKey) looks.push('key-short')
  if (/^eyJ[\w-]+\.eyJ[\w-]+\./.test(secret)) looks.push('key-is-jwt')
  if (/^(?:gh[pousr]_|github_pat_)/.test(secret)) looks.push('key-is-github-token')
  return looks
}

const placeholders = new Set(['your_key', 'your-key', 'changeme', 'change-me', 'xxx', 'todo', 'empty', 'none', 'null'])

/**
 * Whether a secret looks like an example and not like a key: DSLighting's own `your_key`, its templates' placeholders,
 * the guide's `sk-key1...`, a reference `${NAME}`. A hint for a person, never a reason to refuse.
 */
export function isPlaceholderSecret(secret: string): boolean {
  if (secret.length > 200) return false
  const text = secret.trim().toLowerCase()
  return (
    placeholders.has(text) ||
    text.endsWith('...') ||
    text.includes('placeholder') ||
    /^<.*>$/.test(text) ||
    /^\$\{.*\}$/.test(text) ||
    /^your[-_ ].*(?:key|token)/.test(text) ||
    /^(?:sk-)?x{4,}$/.test(text)
  )
}

/** A key that an interface has hidden, such as `sk-…abcd`, `sk-...abcd` or `***`: never a secret. */
export function isMaskedSecret(secret: string): boolean {
  return secret.length <= 200 && (/[•●*]{3,}|…/.test(secret) || /\.{3}[^.]/.test(secret))
}

/** A name that is a key in truth, pasted into the wrong place; a name is shown in full, so none of these may be one. */
export function looksLikeSecret(name: string): boolean {
  return name.length >= 20 && /^(?:sk|pk|gsk|xai|rk|hf|r8)[-_][\w-]*\d[\w-]*$|^AIza[\w-]{30,}$/.test(name)
}

/** The keys in one text: pieces between commas, semicolons and line ends. */
export function splitKeyList(text: string): string[] {
  return text
    .split(/[,;\r\n]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
}
