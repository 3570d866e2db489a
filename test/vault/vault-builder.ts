import { createHash, randomBytes } from 'node:crypto'
import * as z from 'zod'
import { nodeFileSystem } from '../../electron/vault/file-system.ts'
import type { KeyProtector } from '../../electron/vault/key-protector.ts'
import type { DeriveKey } from '../../electron/vault/passphrase.ts'
import type { Vault, VaultDeps } from '../../electron/vault/vault.ts'
import { createVault } from '../../electron/vault/vault.ts'
import type { VaultState } from '../../shared/vault.ts'

/** Stands for the application's metadata. */
export const Notes = z.strictObject({ notes: z.array(z.string()) })
export type Notes = z.infer<typeof Notes>
export const notes = { schema: Notes, empty: (): Notes => ({ notes: [] }) }

export const passphrase = 'correct horse battery'

/** Depends on everything that scrypt depends on, and costs nothing. */
export const fastDerive: DeriveKey = async (bytes, salt, { N, r, p }) =>
  createHash('sha256').update(salt).update(`${N} ${r} ${p} `).update(bytes).digest()

/** A clock that a test moves by hand. Slow enough that the lowest cost is taken. */
export function aClock() {
  const clock = {
    monotonicMs: 0,
    wall: Date.UTC(2026, 0, 1),
    nowMs: () => (clock.monotonicMs += 300),
    wallMs: () => clock.wall,
  }
  return clock
}

/** A keychain in memory that can be locked and emptied. */
export function aKeychain(kind: KeyProtector['kind'] = 'os') {
  const kept = new Map<string, Uint8Array>()
  const keychain = {
    kind,
    available: true,
    locked: false,
    kept,
    isAvailable: () => Promise.resolve(keychain.available),
    keep(kek: Uint8Array, vaultId: string) {
      const name = `${vaultId}-${kept.size}`
      kept.set(name, Uint8Array.from(kek))
      return Promise.resolve(name)
    },
    recall: (remembered: string) => Promise.resolve(keychain.locked ? null : (kept.get(remembered) ?? null)),
  }
  return keychain
}

export interface VaultSetting extends Partial<VaultDeps<Notes>> {
  folder: string
}

export function openVault(setting: VaultSetting): Promise<Vault<Notes>> {
  return createVault<Notes>({
    fs: nodeFileSystem,
    clock: aClock(),
    randomBytes,
    deriveKey: fastDerive,
    protectors: [],
    delay: () => Promise.resolve(),
    metadata: notes,
    onChange: () => undefined,
    ...setting,
  })
}

/** A vault with one note and one secret, open. */
export async function aVault(setting: VaultSetting): Promise<Vault<Notes>> {
  const vault = await openVault(setting)
  await vault.create({ protection: 'pass', passphrase })
  await addSecret(vault, 'first', 'sk-first-secret-0123456789')
  return vault
}

export const addSecret = (vault: Vault<Notes>, name: string, secret: string) =>
  vault.commit((draft) => {
    draft.metadata.notes.push(name)
    draft.sealSecret(secret, { recordId: name, allowedHosts: ['api.example.com'] })
  })

export const statesOf = () => {
  const states: VaultState['state'][] = []
  return { states, onChange: (status: VaultState) => void states.push(status.state) }
}
