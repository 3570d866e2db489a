import { Failure } from '../../shared/failure.ts'
import type { Protection } from '../../shared/vault.ts'
import type { KeyProtector } from './key-protector.ts'
import type { DeriveKey } from './passphrase.ts'
import { deriveCalibrated, passphraseBytes } from './passphrase.ts'
import { kitKey, kitSecretBytes, writeKit } from './recovery-kit.ts'
import type { Slot } from './slot.ts'
import { makeSlot } from './slot.ts'

/** What new slots are made with. */
export interface SlotMaker {
  pass(dek: Uint8Array, vaultId: string, passphrase: string): Promise<Slot>
  kept(dek: Uint8Array, vaultId: string, kind: KeyProtector['kind']): Promise<Slot>
  kit(dek: Uint8Array, vaultId: string): { slot: Slot; kit: string }
}

export interface SlotMakerDeps {
  readonly nowMs: () => number
  readonly randomBytes: (size: number) => Buffer
  readonly deriveKey: DeriveKey
  readonly protectors: readonly KeyProtector[]
}

const saltBytes = 16
const kekBytes = 32

export function createSlotMaker({ nowMs, randomBytes, deriveKey, protectors }: SlotMakerDeps): SlotMaker {
  return {
    async pass(dek, vaultId, passphrase) {
      const salt = randomBytes(saltBytes)
      const bytes = passphraseBytes(passphrase)
      const { key, cost } = await deriveCalibrated(deriveKey, bytes, salt, nowMs)
      bytes.fill(0)
      const params = { kdf: 'scrypt', ...cost, salt: salt.toString('base64url') }
      const slot = makeSlot(dek, key, vaultId, { kind: 'pass', params }, randomBytes)
      key.fill(0)
      return slot
    },

    async kept(dek, vaultId, kind) {
      const protector = protectors.find((one) => one.kind === kind)
      if (protector === undefined) throw unavailable(kind)
      const kek = randomBytes(kekBytes)
      const remembered = await keepChecked(protector, kek, vaultId)
      const slot = makeSlot(dek, kek, vaultId, { kind, params: { remembered } }, randomBytes)
      kek.fill(0)
      return slot
    },

    kit(dek, vaultId) {
      const secret = randomBytes(kitSecretBytes)
      const salt = randomBytes(saltBytes)
      const head = { kind: 'recovery' as const, params: { salt: salt.toString('base64url') } }
      const slot = makeSlot(dek, kitKey(secret, salt), vaultId, head, randomBytes)
      const kit = writeKit(secret)
      secret.fill(0)
      return { slot, kit }
    },
  }
}

const unavailable = (protection: Protection): Failure => new Failure('PROTECTION_UNAVAILABLE', { protection })

/** A keychain that accepts a key and does not give it back would make a vault that never opens. */
async function keepChecked(protector: KeyProtector, kek: Buffer, vaultId: string): Promise<string> {
  try {
    if (await protector.isAvailable()) {
      const remembered = await protector.keep(kek, vaultId)
      const recalled = await protector.recall(remembered, vaultId)
      if (recalled !== null && kek.equals(recalled)) return remembered
    }
  } catch (error) {
    throw error instanceof Failure
      ? error
      : new Failure('PROTECTION_UNAVAILABLE', { protection: protector.kind }, { cause: error })
  }
  throw unavailable(protector.kind)
}
