// Any one slot gives the data key; a slot that cannot be opened here is kept as it is.
import * as z from 'zod'
import { canonical } from './canonical.ts'
import { keyBytes, nonceBytes, open, seal, sha256, tagBytes } from './cipher.ts'

/** `os` and `file` keep their key outside the vault, `pass` derives it, `recovery` is the printed kit. */
export type SlotKind = 'os' | 'file' | 'pass' | 'recovery'

/** A slot of a kind that this version does not know is carried along unchanged. */
export const Slot = z.strictObject({
  id: z.string().min(1).max(64),
  kind: z.string().min(1).max(32),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  nonce: z.base64url(),
  wrapped: z.base64url(),
  /** Four bytes that tell a damaged slot from a wrong passphrase. They protect nothing; the tag does. */
  sum: z.base64url(),
})
export type Slot = z.infer<typeof Slot>
export type SlotParams = Slot['params']

type SlotHead = Pick<Slot, 'id' | 'kind' | 'params'>

const slotAad = (vaultId: string, slot: SlotHead): Buffer =>
  Buffer.from(canonical(['slot/1', vaultId, slot.id, slot.kind, slot.params]))

function checksum(vaultId: string, slot: Omit<Slot, 'sum'>): string {
  return sha256(slotAad(vaultId, slot), '\n', slot.nonce, '\n', slot.wrapped).subarray(0, 4).toString('base64url')
}

export function makeSlot(
  dek: Uint8Array,
  kek: Uint8Array,
  vaultId: string,
  head: { kind: SlotKind; params: SlotParams },
  randomBytes: (size: number) => Buffer,
): Slot {
  const slot: SlotHead = { id: randomBytes(8).toString('base64url'), ...head }
  const nonce = randomBytes(nonceBytes)
  const { ct, tag } = seal(kek, nonce, slotAad(vaultId, slot), dek)
  const wrapped = Buffer.concat([ct, tag]).toString('base64url')
  const whole = { ...slot, nonce: nonce.toString('base64url'), wrapped }
  return { ...whole, sum: checksum(vaultId, whole) }
}

export const isSound = (vaultId: string, slot: Slot): boolean => checksum(vaultId, slot) === slot.sum

/** The data key, or null when this is not the slot's key. */
export function openSlot(kek: Uint8Array, vaultId: string, slot: Slot): Buffer | null {
  const wrapped = Buffer.from(slot.wrapped, 'base64url')
  if (kek.length !== keyBytes || wrapped.length !== keyBytes + tagBytes) return null
  const sealed = { ct: wrapped.subarray(0, keyBytes), tag: wrapped.subarray(keyBytes) }
  return open(kek, Buffer.from(slot.nonce, 'base64url'), slotAad(vaultId, slot), sealed)
}
