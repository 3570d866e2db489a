// Only bytes that are UTF-8 text become text; everything else is refused by name before any parser sees it.
import { maxImportBytes } from '../../shared/transfer.ts'
import { createLocator, type Place } from './locate.ts'

export type BytesRefusal = 'not-utf8' | 'utf16' | 'binary' | 'too-large' | 'empty'

export type Decoded = { ok: true; text: string } | { ok: false; reason: BytesRefusal; place: Place | null }

/** First bytes of files that get renamed to `.env`: gzip, zip (also empty), PNG, SQLite, PDF, ELF. */
const signatures = ['\x1F\x8B', 'PK\x03\x04', 'PK\x05\x06', '\x89PNG', 'SQLite format 3\0', '%PDF-', '\x7FELF']

export function decodeDotenvBytes(bytes: Uint8Array): Decoded {
  if (bytes.byteLength > maxImportBytes) return refused('too-large')
  if (bytes.byteLength === 0) return refused('empty')
  if (startsWithUtf16Mark(bytes)) return refused('utf16')
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(16, bytes.byteLength)).toString('latin1')
  if (signatures.some((signature) => head.startsWith(signature))) return refused('binary', { line: 1, column: 1 })
  if (looksLikeUtf16(bytes)) return refused('utf16')
  const text = decodeUtf8(bytes)
  if (text === null) return refused('not-utf8', placeAfter(bytes, validUtf8Length(bytes)))
  return checkText(text)
}

/** The same questions for text that was pasted. */
export function checkText(text: string): Decoded {
  if (text.length > maxImportBytes || Buffer.byteLength(text) > maxImportBytes) return refused('too-large')
  const nul = text.indexOf('\0')
  if (nul !== -1) return refused('binary', createLocator(text)(nul))
  if (text.trim() === '') return refused('empty')
  return { ok: true, text }
}

/** No one writes such a line by hand, and an editor that opens it stands still. */
export const maxLineLength = 1 << 20

/** The first line that is too long to be one; text that is JSON as a whole has no lines that count. */
export function findLongLine(text: string): Place | null {
  if (text.length <= maxLineLength) return null
  const ends = /\r\n?|\n|$/g
  let line = 1
  for (let start = 0; ; line += 1) {
    ends.lastIndex = start
    const end = ends.exec(text)
    if (end === null) return null
    if (end.index - start > maxLineLength) return { line, column: maxLineLength + 1 }
    if (end[0] === '') return null
    start = end.index + end[0].length
  }
}

function refused(reason: BytesRefusal, place: Place | null = null): Decoded {
  return { ok: false, reason, place }
}

function startsWithUtf16Mark(bytes: Uint8Array): boolean {
  const [first, second] = bytes
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}

/** Without a mark: ASCII in UTF-16 has a NUL in every other byte, and text has none at all. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  if (bytes.byteLength < 4 || bytes.byteLength % 2 !== 0) return false
  const sample = bytes.subarray(0, 256)
  const nuls = [0, 0]
  sample.forEach((byte, index) => {
    if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1
  })
  const most = sample.length * 0.4
  return nuls.some((count, side) => count >= most && nuls[1 - side] === 0)
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null // The decoder says only that it failed; where is found below.
  }
}

/** How many bytes from the start are well-formed UTF-8. */
function validUtf8Length(bytes: Uint8Array): number {
  let at = 0
  for (let length = 1; at < bytes.length && length > 0; at += length) length = sequenceLength(bytes, at)
  return at
}

/** Length of the well-formed sequence at `at` by the table of RFC 3629 §4; 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead > 0xf4) return 0
  const second = bytes[at + 1] ?? 0
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < lowest || second > highest) return 0
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  for (let index = 2; index < length; index += 1) {
    if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0
  }
  return length
}

function placeAfter(bytes: Uint8Array, length: number): Place {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('utf8')
  return createLocator(text)(text.length)
}
