// JSON that no reader of a `.env` takes for its own between single quotes: the characters that one of them would (`'`,
// `\` and `$`) stand as JSON's escapes, so that no reader sees them and JSON means the same.
import type { JsonValue } from './json-reader.ts'

/** How JSON that is put into a file is laid out there. */
export interface JsonLayout {
  /** What ends a line; null where it stands in one line. */
  lineEnd: string | null
  /** What its lines begin with after the first. */
  indent: string
}

export function writeJson(value: JsonValue, { lineEnd, indent }: JsonLayout): string {
  const text = inert(JSON.stringify(value, null, 2))
  // A line end in the text is never inside a string.
  if (lineEnd !== null) return text.replaceAll('\n', lineEnd + indent)
  return text
    .replaceAll(/([[{])\n */g, '$1')
    .replaceAll(/\n *([\]}])/g, '$1')
    .replaceAll(/\n */g, ' ')
}

function inert(text: string): string {
  const plain = text.replaceAll('\\\\', String.raw`\u005c`).replaceAll("'", String.raw`\u0027`)
  return plain.replaceAll('$', String.raw`\u0024`)
}

const stringOrComment = /"[^"\\]*(?:\\.[^"\\]*)*"|#[^\n\r]*/g

/**
 * JSON as somebody wrote it, changed only where a reader would stumble. A comment has no escapes: one that a reader
 * would stumble over is taken out.
 */
export function withoutHazards(json: string): string {
  if (!/'|\\\\|\$\{/.test(json)) return json
  return json.replaceAll(stringOrComment, (found) => {
    if (found.startsWith('#')) return /['\\]|\$\{/.test(found) ? '' : found
    const plain = found.replaceAll('\\\\', String.raw`\u005c`).replaceAll("'", String.raw`\u0027`)
    return plain.replaceAll('${', String.raw`\u0024{`)
  })
}
