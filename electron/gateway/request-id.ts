import { randomFillSync } from 'node:crypto'
import type { RequestId } from '../../shared/identity.ts'

const dash = 0x2d
const digits = Buffer.from('0123456789abcdef')
/** Written anew for every id; a text that is made in one piece is smaller and quicker to look up than one of parts. */
const text = Buffer.alloc(36, dash)
text[14] = 0x37

const randomPerId = 19
const pool = Buffer.alloc(256 * randomPerId)
let used = pool.length
let madeAtMs = -1

/**
 * A UUID of version 7 (RFC 9562 §5.7): it begins with the time, so that the journal's index of ids grows at its end. With
 * random ids each new one lands on a page of its own, which costs the journal twice as much as everything else.
 */
export function newRequestId(wallMs: number = Date.now()): RequestId {
  if (wallMs !== madeAtMs) writeTime(wallMs)
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  for (let at = 15; at < 18; at += 1) text[at] = randomDigit()
  // The variant takes two of four bits.
  text[19] = digits[8 + (pool[used++]! & 3)]!
  for (let at = 20; at < 23; at += 1) text[at] = randomDigit()
  for (let at = 24; at < 36; at += 1) text[at] = randomDigit()
  return text.toString('latin1') as RequestId
}

const randomDigit = () => digits[pool[used++]! & 15]!

function writeTime(wallMs: number): void {
  const hex = Math.trunc(wallMs).toString(16).padStart(12, '0')
  text.write(hex.slice(0, 8), 0, 'latin1')
  text.write(hex.slice(8), 9, 'latin1')
  madeAtMs = wallMs
}
