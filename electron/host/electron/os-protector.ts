import type { SafeStorage } from 'electron'
import type { KeyProtector } from '../../vault/key-protector.ts'

/**
 * Keeps the vault's key in the desktop's own keychain, and refuses where there is none: Linux without a keyring
 * "encrypts" with a password that is in Chromium's source, which would only look like protection.
 */
export type Keychain = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'> & {
  /** Exists on Linux only. */
  getSelectedStorageBackend?: SafeStorage['getSelectedStorageBackend']
}

const realBackends: ReadonlySet<string> = new Set(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'])
/** How a text begins that was encrypted with the published password. */
const publishedPasswordPrefix = 'v10'

/** A keychain that is being opened says so, and is asked again after these; what it says is looked at and never shown. */
const busyWaitsMs = [1_000, 2_000, 4_000]
const isBusy = (error: unknown) => error instanceof Error && /temporarily unavailable/i.test(error.message)

async function decryptPatiently(keychain: Keychain, sealed: Buffer, delay: (ms: number) => Promise<unknown>) {
  for (const waitMs of busyWaitsMs) {
    try {
      return await keychain.decryptStringAsync(sealed)
    } catch (error) {
      if (!isBusy(error)) throw error
      await delay(waitMs)
    }
  }
  return keychain.decryptStringAsync(sealed)
}

export function createOsProtector(
  keychain: Keychain,
  platform: NodeJS.Platform,
  delay: (ms: number) => Promise<unknown>,
): KeyProtector {
  let isStale = false
  return {
    kind: 'os',
    isStale: () => isStale,
    isAvailable: () => isRealKeychain(keychain, platform).catch(() => false),
    async keep(kek, vaultId) {
      const sealed = await keychain.encryptStringAsync(JSON.stringify([vaultId, Buffer.from(kek).toString('base64')]))
      isStale = false
      return sealed.toString('base64')
    },
    async recall(remembered, vaultId) {
      try {
        const { result, shouldReEncrypt } = await decryptPatiently(keychain, Buffer.from(remembered, 'base64'), delay)
        const kek = readKek(result, vaultId)
        isStale = kek !== null && shouldReEncrypt
        return kek
      } catch {
        // Locked, denied or replaced keychain: the vault's other slots decide what to say.
        return null
      }
    },
  }
}

async function isRealKeychain(keychain: Keychain, platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return keychain.isAsyncEncryptionAvailable()
  // Both are asked: the backend's name is the synchronous encryptor's choice, and the asynchronous one may differ.
  if (!realBackends.has(keychain.getSelectedStorageBackend?.() ?? 'unknown')) return false
  if (!(await keychain.isAsyncEncryptionAvailable())) return false
  const probe = await keychain.encryptStringAsync('probe')
  return probe.subarray(0, publishedPasswordPrefix.length).toString('latin1') !== publishedPasswordPrefix
}

/** A key that was kept for another vault is not this vault's key, however well it decrypts. */
function readKek(text: string, vaultId: string): Uint8Array | null {
  const kept: unknown = JSON.parse(text)
  if (!Array.isArray(kept) || kept[0] !== vaultId || typeof kept[1] !== 'string') return null
  return new Uint8Array(Buffer.from(kept[1], 'base64'))
}
