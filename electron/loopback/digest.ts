import { createHash, timingSafeEqual } from 'node:crypto'

/** Tokens are kept and compared as SHA-256 digests: what is kept cannot be presented, and comparing takes equal time. */
export const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()

export const isSameDigest = (a: Buffer, b: Buffer): boolean => timingSafeEqual(a, b)
