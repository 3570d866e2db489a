import { scrypt } from 'node:crypto'
import * as z from 'zod'

/** scrypt's cost (RFC 7914): memory is 128·N·r bytes. */
export interface ScryptCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** Handed in, so that tests need no 128 MiB. */
export type DeriveKey = (passphrase: Uint8Array, salt: Uint8Array, cost: ScryptCost) => Promise<Buffer>

/** OWASP's floor for scrypt (2024): 128 MiB. */
export const floorCost: ScryptCost = { N: 2 ** 17, r: 8, p: 1 }
const maxCalibratedN = 2 ** 19
const wantedMs = 250

/**
 * The only costs that are accepted from a file. A weaker one would be a downgrade, a larger one would take the
 * machine's memory before the passphrase is even known to be right; both are refused before anything is allocated.
 */
export const ScryptParams = z.strictObject({
  kdf: z.literal('scrypt'),
  N: z
    .number()
    .int()
    .min(2 ** 17)
    .max(2 ** 20)
    .refine((n) => Number.isInteger(Math.log2(n))),
  r: z.literal(8),
  p: z.number().int().min(1).max(4),
  salt: z.base64url().min(22).max(86),
})
export type ScryptParams = z.infer<typeof ScryptParams>

/** One passphrase typed on two keyboards is the same bytes; spaces at its ends belong to it. */
export const passphraseBytes = (passphrase: string): Buffer => Buffer.from(passphrase.normalize('NFKC'), 'utf8')

export const scryptKey: DeriveKey = (passphrase, salt, { N, r, p }) =>
  new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })

/** The key of a new passphrase at a cost of at least 250 ms on this machine, and that cost. */
export async function deriveCalibrated(
  deriveKey: DeriveKey,
  passphrase: Uint8Array,
  salt: Uint8Array,
  nowMs: () => number,
): Promise<{ key: Buffer; cost: ScryptCost }> {
  const startedMs = nowMs()
  const key = await deriveKey(passphrase, salt, floorCost)
  const tookMs = Math.max(nowMs() - startedMs, 1)
  const doublings = Math.max(0, Math.ceil(Math.log2(wantedMs / tookMs)))
  const cost = { ...floorCost, N: Math.min(floorCost.N * 2 ** doublings, maxCalibratedN) }
  if (cost.N === floorCost.N) return { key, cost }
  key.fill(0)
  return { key: await deriveKey(passphrase, salt, cost), cost }
}
