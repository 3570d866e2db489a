import type { Span } from './json-members.ts'

export interface Splice extends Span {
  /** What stands between `start` and `end` from now on. */
  bytes: Buffer
}

/** The same bytes with these places changed, which are in order and do not overlap. */
export function spliced(bytes: Buffer, splices: readonly Splice[]): Buffer {
  if (splices.length === 0) return bytes
  const pieces: Buffer[] = []
  let at = 0
  for (const { start, end, bytes: replacement } of splices) {
    pieces.push(bytes.subarray(at, start), replacement)
    at = end
  }
  pieces.push(bytes.subarray(at))
  return Buffer.concat(pieces)
}
