// A client's token is 256 random bits, given out once; what is kept of it is its digest, which cannot be presented.
import { hash } from 'node:crypto'

const prefix = 'gw-'
const tokenBytes = 32

export interface NewToken {
  readonly token: string
  readonly tokenDigest: string
  readonly tokenLastFour: string
}

export function newToken(random: (bytes: number) => Uint8Array): NewToken {
  const token = `${prefix}${Buffer.from(random(tokenBytes)).toString('base64url')}`
  return { token, tokenDigest: tokenDigest(token), tokenLastFour: token.slice(-4) }
}

/** In one call: every request is known by this. */
export const tokenDigest = (token: string): string => hash('sha256', token, 'base64url')

/** Whether it could be one of ours; says nothing of whether it is. */
export const looksLikeToken = (token: string): boolean => /^gw-[\w-]{43}$/.test(token)
