import { gunzipSync } from 'node:zlib'

/**
 * Finds planted secrets in whatever an application leaves behind: any 12 characters of one in a row, as they are or in
 * the encodings in which bytes travel. Shorter pieces are masks and may be shown.
 */
export interface Hit {
  canary: string
  form: string
  place: string
}

const windowLength = 12

type Encode = (text: string) => string[]

/** What of an encoded piece does not depend on what stands before and after it. */
const base64At = (offset: number, alphabet: 'base64' | 'base64url') => (text: string) => {
  const padded = Buffer.from(`${'\0'.repeat(offset)}${text}`)
    .toString(alphabet)
    .replace(/=+$/, '')
  const leading = Math.ceil((offset * 8) / 6)
  const whole = Math.floor(((offset + text.length) * 8) / 6)
  return [padded.slice(leading, whole)]
}

const encodings: Record<string, Encode> = {
  plain: (text) => [text],
  hex: (text) => [Buffer.from(text).toString('hex'), Buffer.from(text).toString('hex').toUpperCase()],
  'UTF-16LE': (text) => [Buffer.from(text, 'utf16le').toString('latin1')],
  'UTF-16BE': (text) => [Buffer.from(text, 'utf16le').swap16().toString('latin1')],
  URL: (text) => [encodeURIComponent(text)],
  JSON: (text) => [JSON.stringify(text).slice(1, -1)],
  HTML: (text) => [text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')],
  reversed: (text) => [text.split('').toReversed().join('')],
  ...Object.fromEntries(
    [0, 1, 2].flatMap((offset) => [
      [`base64+${offset}`, base64At(offset, 'base64')],
      [`base64url+${offset}`, base64At(offset, 'base64url')],
    ]),
  ),
}

export interface Scanner {
  scan(place: string, content: Uint8Array | string): Hit[]
}

export function createScanner(canaries: Readonly<Record<string, string>>): Scanner {
  const needles = Object.entries(canaries).flatMap(([canary, secret]) => needlesOf(canary, secret))
  const search = (place: string, text: string): Hit[] => {
    const hits = new Map<string, Hit>()
    for (const { canary, form, text: needle } of needles) {
      if (!hits.has(`${canary} ${form}`) && text.includes(needle))
        hits.set(`${canary} ${form}`, { canary, form, place })
    }
    return [...hits.values()]
  }
  return {
    scan(place, content) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content)
      const unpacked = unpack(bytes)
      const inside = unpacked ? search(`${place} (unpacked)`, unpacked.toString('latin1')) : []
      return [...search(place, bytes.toString('latin1')), ...inside]
    },
  }
}

function needlesOf(canary: string, secret: string) {
  const windows = Array.from({ length: Math.max(1, secret.length - windowLength + 1) }, (_, start) =>
    secret.slice(start, start + windowLength),
  )
  return Object.entries(encodings).flatMap(([form, encode]) =>
    windows.flatMap((window) => encode(window).map((text) => ({ canary, form, text }))),
  )
}

function unpack(bytes: Buffer): Buffer | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return null
  try {
    return gunzipSync(bytes)
  } catch {
    return null
  }
}
