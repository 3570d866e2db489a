/** A provider's words are quoted, never acted on: without any secret in them, and short. */
import type { ProviderError } from './provider-error.ts'

const maxMessageLength = 300
const searchedLength = 4_096
/** A run this long in common with a secret is treated as the secret. */
const windowLength = 8
const mark = '[key]'

/** The provider's own words, redacted, on one line and cut to 300 characters; null when it has none. */
export function providerMessage(error: ProviderError, secrets: readonly string[]): string | null {
  if (error.message === null) return null
  const text = redact(error.message.slice(0, searchedLength), secrets)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
  if (text === '') return null
  return text.length > maxMessageLength ? `${text.slice(0, maxMessageLength - 1)}…` : text
}

/** Replaces every secret handed in, every part of one, and whatever has the shape of a key. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text
  for (const secret of secrets) clean = withoutSecret(clean, secret)
  return clean
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${mark}`)
    .replace(/[\w-]*\*{3,}[\w-]*/g, mark)
    .replace(/\b(?:sk|ak|pk|rk|gsk|xai|hf|r8|pplx|nvapi|fw|tgp|gw)[-_][\w-]{12,}/gi, mark)
    .replace(/\bAIza[\w-]{20,}/g, mark)
    .replace(/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, mark)
    .replace(/[\w-]*[A-Za-z0-9]{24,}(?:\.[A-Za-z0-9]{12,})?/g, (run) => (hasKeyShape(run) ? mark : run))
}

/** Whether a text quotes a secret: the whole of it, its end, or any run of it that is twice the window long. */
export function holdsPartOf(text: string, secret: string): boolean {
  if (text.length < windowLength || secret.length < windowLength) return secret.length >= 4 && text.includes(secret)
  for (let at = 0; at + windowLength <= secret.length; at += windowLength) {
    if (text.includes(secret.slice(at, at + windowLength))) return true
  }
  return text.includes(secret.slice(-windowLength))
}

/** The shapes that are keys beyond doubt; an id of a request is as long and as random as a key, and has none of them. */
export const looksLikeKey = (text: string): boolean =>
  text.length >= windowLength && /\b(?:bearer|basic)\s|(?:sk|ak|pk|rk|gsk|xai|nvapi)-[\w-]{12}|\bAIza|\beyJ/i.test(text)

/** Letters and digits mixed in one long run, unless it names itself as something else. */
function hasKeyShape(run: string) {
  if (/^(?:req|request|org|proj|chatcmpl|msg|resp|run|user|gen)[-_]/i.test(run)) return false
  return /\d/.test(run) && /[a-z]/i.test(run)
}

function withoutSecret(text: string, secret: string) {
  if (secret.length < 4) return text
  const clean = text.replaceAll(secret, mark)
  return secret.length > windowLength ? withoutParts(clean, secret) : clean
}

/** Providers like to quote the beginning or the end of a key; no window of eight characters of it remains. */
function withoutParts(text: string, secret: string) {
  const windows = new Set<string>()
  for (let at = 0; at + windowLength <= secret.length; at += 1) windows.add(secret.slice(at, at + windowLength))
  let clean = ''
  for (let at = 0; at < text.length;) {
    let end = at
    while (windows.has(text.slice(end, end + windowLength))) end += 1
    if (end === at) clean += text[at++]
    else {
      clean += mark
      at = end + windowLength - 1
    }
  }
  return clean
}
