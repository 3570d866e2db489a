// A secret opens only as the record, field, revision and set of hosts that it was sealed for.
import * as z from 'zod'
import { canonical } from './canonical.ts'
import { hkdf, hmac, nonceBytes, open, seal } from './cipher.ts'

export const SealedRecord = z.strictObject({
  id: z.string().min(1).max(128),
  field: z.string().min(1).max(64),
  rev: z.number().int().min(1),
  allowedHosts: z.array(z.string().min(1).max(300)),
  /** HMAC of the secret under a key of the vault: the same secret twice is seen without opening either. */
  fp: z.string(),
  nonce: z.base64url(),
  ct: z.base64url(),
  tag: z.base64url(),
})
export type SealedRecord = z.infer<typeof SealedRecord>
export type Binding = Pick<SealedRecord, 'id' | 'field' | 'rev' | 'allowedHosts'>

export interface RecordKeys {
  readonly dek: Uint8Array
  readonly vaultId: string
}

const recordKey = (keys: RecordKeys, id: string): Buffer => hkdf(keys.dek, keys.vaultId, `rec/1/${id}`)

const recordAad = (vaultId: string, { id, field, rev, allowedHosts }: Binding): Buffer =>
  Buffer.from(canonical(['record/1', vaultId, id, field, rev, allowedHosts]))

/** One for each data key, and gone with it: an import asks for thousands of fingerprints. It opens nothing. */
const fingerprintKeys = new WeakMap<Uint8Array, Buffer>()

function fingerprintKey({ dek, vaultId }: RecordKeys): Buffer {
  const known = fingerprintKeys.get(dek)
  if (known) return known
  const key = hkdf(dek, vaultId, 'fp/1')
  fingerprintKeys.set(dek, key)
  return key
}

/** 128 bits as hex; the first eight digits are shown to people. */
export function fingerprintOf(keys: RecordKeys, secret: Uint8Array): string {
  return hmac(fingerprintKey(keys), secret).toString('hex').slice(0, 32)
}

export function sealRecord(
  keys: RecordKeys,
  binding: Binding,
  secret: Uint8Array,
  randomBytes: (size: number) => Buffer,
): SealedRecord {
  const nonce = randomBytes(nonceBytes)
  const { ct, tag } = seal(recordKey(keys, binding.id), nonce, recordAad(keys.vaultId, binding), secret)
  return {
    ...binding,
    fp: fingerprintOf(keys, secret),
    nonce: nonce.toString('base64url'),
    ct: ct.toString('base64url'),
    tag: tag.toString('base64url'),
  }
}

export function openRecord(keys: RecordKeys, record: SealedRecord): Buffer | null {
  const sealed = { ct: Buffer.from(record.ct, 'base64url'), tag: Buffer.from(record.tag, 'base64url') }
  const nonce = Buffer.from(record.nonce, 'base64url')
  return open(recordKey(keys, record.id), nonce, recordAad(keys.vaultId, record), sealed)
}
