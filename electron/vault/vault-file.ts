// A vault file is accepted exactly as it was written: one changed bit anywhere and it is refused as damaged.
import * as z from 'zod'
import { canonical } from './canonical.ts'
import { hkdf, keyBytes, nonceBytes, open, seal, sha256, tagBytes } from './cipher.ts'
import { isSound, Slot } from './slot.ts'

/*
 * magic(8) "KEYWHEEL" | u16 format | u16 minReader | u32 headerBytes | header | body ciphertext | tag(16)
 *
 * Numbers are big-endian. The header is JSON with sorted members. `prefixSum` (4 bytes of SHA-256 over the first 16)
 * tells a newer format from a damaged number; every later format keeps these 16 bytes and that member. The body's key
 * and nonce come from the data key and a random `saveSalt`, so no two saves share a pair, not even of a restored copy;
 * its additional data is SHA-256 of everything before it, so that neither a slot nor a generation can be exchanged.
 */
const magic = Buffer.from('KEYWHEEL')
export const format = 1
const minReader = 1
const prefixBytes = 16
const maxHeaderBytes = 64 * 1024
export const maxFileBytes = 64 * 1024 * 1024
/** So that the file around it, whatever its header, is one that is read again. */
export const maxBodyBytes = maxFileBytes - prefixBytes - maxHeaderBytes - tagBytes

const Header = z.looseObject({
  bodyLen: z.number().int().min(0).max(maxFileBytes),
  generation: z.number().int().min(1),
  prefixSum: z.string(),
  saveSalt: z.base64url(),
  slots: z.array(Slot).max(64),
  vaultId: z.string().min(1).max(64),
})
type Header = z.infer<typeof Header>

export interface VaultFile {
  readonly format: number
  readonly vaultId: string
  readonly generation: number
  readonly slots: readonly Slot[]
  readonly saveSalt: Buffer
  /** SHA-256 of all that precedes the body. */
  readonly headHash: Buffer
  readonly body: { readonly ct: Buffer; readonly tag: Buffer }
}

export type Parsed = { kind: 'vault'; file: VaultFile } | { kind: 'damaged' } | { kind: 'too-new'; format: number }

const prefixSum = (prefix: Uint8Array): string => sha256(prefix).subarray(0, 4).toString('base64url')

function parseHeader(bytes: Buffer): Header | null {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
  const header = Header.safeParse(value)
  return header.success && Buffer.from(canonical(value)).equals(bytes) ? header.data : null
}

/** Reads the outer layer, which needs no key. */
export function parseVaultFile(bytes: Buffer): Parsed {
  if (bytes.length < prefixBytes || !bytes.subarray(0, magic.length).equals(magic)) return { kind: 'damaged' }
  const headerBytes = bytes.readUInt32BE(12)
  const bodyAt = prefixBytes + headerBytes
  if (headerBytes > maxHeaderBytes || bytes.length < bodyAt + tagBytes) return { kind: 'damaged' }
  const header = parseHeader(bytes.subarray(prefixBytes, bodyAt))
  if (header === null || header.prefixSum !== prefixSum(bytes.subarray(0, prefixBytes))) return { kind: 'damaged' }
  if (!header.slots.every((slot) => isSound(header.vaultId, slot))) return { kind: 'damaged' }
  if (bytes.readUInt16BE(10) > format) return { kind: 'too-new', format: bytes.readUInt16BE(8) }
  const tagAt = bytes.length - tagBytes
  const saveSalt = Buffer.from(header.saveSalt, 'base64url')
  if (tagAt - bodyAt !== header.bodyLen || saveSalt.length !== keyBytes) return { kind: 'damaged' }
  return {
    kind: 'vault',
    file: {
      format: bytes.readUInt16BE(8),
      vaultId: header.vaultId,
      generation: header.generation,
      slots: header.slots,
      saveSalt,
      headHash: sha256(bytes.subarray(0, bodyAt)),
      body: { ct: bytes.subarray(bodyAt, tagAt), tag: bytes.subarray(tagAt) },
    },
  }
}

function bodyKey(dek: Uint8Array, saveSalt: Uint8Array): { key: Buffer; nonce: Buffer } {
  const derived = hkdf(dek, saveSalt, 'body/1', keyBytes + nonceBytes)
  return { key: derived.subarray(0, keyBytes), nonce: derived.subarray(keyBytes) }
}

/** The body's plaintext, or null when the file is not what this data key has sealed. */
export function openBody(file: VaultFile, dek: Uint8Array): Buffer | null {
  const { key, nonce } = bodyKey(dek, file.saveSalt)
  return open(key, nonce, file.headHash, file.body)
}

export interface HeaderValues {
  readonly vaultId: string
  readonly generation: number
  readonly slots: readonly Slot[]
  readonly saveSalt: Buffer
}

export function encodeVaultFile(values: HeaderValues, dek: Uint8Array, body: Uint8Array): Buffer {
  const prefix = Buffer.alloc(prefixBytes)
  magic.copy(prefix)
  prefix.writeUInt16BE(format, 8)
  prefix.writeUInt16BE(minReader, 10)
  const headerWith = (sum: string): Buffer =>
    Buffer.from(
      canonical({
        bodyLen: body.length,
        generation: values.generation,
        prefixSum: sum,
        saveSalt: values.saveSalt.toString('base64url'),
        slots: values.slots,
        vaultId: values.vaultId,
      }),
    )
  prefix.writeUInt32BE(headerWith('000000').length, 12)
  const header = headerWith(prefixSum(prefix))
  const { key, nonce } = bodyKey(dek, values.saveSalt)
  const { ct, tag } = seal(key, nonce, sha256(prefix, header), body)
  return Buffer.concat([prefix, header, ct, tag])
}
