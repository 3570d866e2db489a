// A wrong passphrase and a damaged vault are two answers, and neither changes anything.
import { Failure } from '../../shared/failure.ts'
import type { Opener } from '../../shared/vault.ts'
import type { KeyProtector } from './key-protector.ts'
import type { DeriveKey } from './passphrase.ts'
import { passphraseBytes, ScryptParams } from './passphrase.ts'
import { kitKey, mistypedGroups, parseKit } from './recovery-kit.ts'
import type { Slot } from './slot.ts'
import { openSlot } from './slot.ts'

/** What was tried on a vault's slots. `absent`: there is no slot of that kind. */
export type Opening =
  | { kind: 'opened'; dek: Buffer; slotId: string }
  | { kind: 'absent' }
  | { kind: 'wrong' }
  | { kind: 'damaged' }

interface Slots {
  readonly vaultId: string
  readonly slots: readonly Slot[]
}

/** Tries each slot of a kind in turn; `keyOf` gives its key, null when it is not to be had, or `damaged`. */
async function tryEach(
  { vaultId, slots }: Slots,
  kind: string,
  keyOf: (slot: Slot) => Promise<Buffer | null | 'damaged'>,
): Promise<Opening> {
  const ours = slots.filter((slot) => slot.kind === kind)
  let tried = 0
  for (const slot of ours) {
    const kek = await keyOf(slot)
    if (kek === 'damaged') continue
    tried += 1
    const dek = kek === null ? null : openSlot(kek, vaultId, slot)
    kek?.fill(0)
    if (dek !== null) return { kind: 'opened', dek, slotId: slot.id }
  }
  if (ours.length === 0) return { kind: 'absent' }
  return { kind: tried === 0 ? 'damaged' : 'wrong' }
}

export interface OpeningDeps {
  readonly deriveKey: DeriveKey
  readonly protectors: readonly KeyProtector[]
}

export function openWith(slots: Slots, opener: Opener, { deriveKey, protectors }: OpeningDeps): Promise<Opening> {
  if ('passphrase' in opener) return openWithPassphrase(slots, opener.passphrase, deriveKey)
  return 'kit' in opener ? openWithKit(slots, opener.kit) : openWithProtectors(slots, protectors)
}

/** A keychain that does not answer and a kit that was mistyped are no guesses. */
export const isGuess = (opener: Opener): boolean =>
  'passphrase' in opener || ('kit' in opener && mistypedGroups(opener.kit).length === 0)

/** Why an opener did not open anything, in words that fit it. */
export function notOpened(opening: 'absent' | 'wrong', opener: Opener, waitMs: number): Failure {
  const isKept = 'protector' in opener
  if (opening === 'absent' || isKept) {
    return new Failure('PROTECTION_UNAVAILABLE', { protection: isKept ? 'os' : 'kit' in opener ? 'kit' : 'pass' })
  }
  if ('kit' in opener) return new Failure('WRONG_KIT', { waitMs, groups: mistypedGroups(opener.kit) })
  return new Failure('WRONG_PASSPHRASE', { waitMs })
}

export function openWithPassphrase(slots: Slots, passphrase: string, deriveKey: DeriveKey): Promise<Opening> {
  return tryEach(slots, 'pass', async (slot) => {
    const params = ScryptParams.safeParse(slot.params)
    if (!params.success) return 'damaged'
    const bytes = passphraseBytes(passphrase)
    const { N, r, p, salt } = params.data
    const kek = await deriveKey(bytes, Buffer.from(salt, 'base64url'), { N, r, p })
    bytes.fill(0)
    return kek
  })
}

/** `wrong` also when the keychain is locked or the file is away: that is not a loss, and the slot stays. */
export async function openWithProtectors(slots: Slots, protectors: readonly KeyProtector[]): Promise<Opening> {
  let result: Opening = { kind: 'absent' }
  for (const protector of protectors) {
    const opening = await tryEach(slots, protector.kind, async (slot) => {
      const { remembered } = slot.params
      return typeof remembered === 'string' ? recallQuietly(protector, remembered, slots.vaultId) : 'damaged'
    })
    if (opening.kind === 'opened') return opening
    if (opening.kind !== 'absent') result = opening
  }
  return result
}

async function recallQuietly(protector: KeyProtector, remembered: string, vaultId: string): Promise<Buffer | null> {
  try {
    const kek = await protector.recall(remembered, vaultId)
    return kek === null ? null : Buffer.from(kek)
  } catch {
    // A keychain that fails today may work tomorrow; another slot can open the vault meanwhile.
    return null
  }
}

function openWithKit(slots: Slots, kit: string): Promise<Opening> {
  const secret = parseKit(kit)
  return tryEach(slots, 'recovery', (slot) => {
    const { salt } = slot.params
    if (typeof salt !== 'string') return Promise.resolve('damaged')
    return Promise.resolve(secret === null ? null : kitKey(secret, Buffer.from(salt, 'base64url')))
  })
}
