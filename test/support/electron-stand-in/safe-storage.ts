import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'
import { app } from './app.ts'
import { strict } from './strict.ts'

/**
 * Electron's documentation, safeStorage, its asynchronous half. The keychain is a file beside the profile, which is no
 * protection at all and need not be. KEYWHEEL_STAND_IN_KEYRING names the backend; `basic_text` marks what it encrypts
 * with v10, as Chromium does when it uses the password from its own source.
 */
type Imitated = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>
type Backend = ReturnType<SafeStorage['getSelectedStorageBackend']>

const backend = () => (process.env['KEYWHEEL_STAND_IN_KEYRING'] ?? 'gnome_libsecret') as Backend
const prefix = () => Buffer.from(backend() === 'basic_text' ? 'v10' : 'v11')

function keychainKey(): Buffer {
  const file = join(app.getPath('userData'), 'stand-in-keychain')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 })
  return readFileSync(file)
}

export const safeStorage: Imitated = strict('safeStorage', {
  getSelectedStorageBackend: () => (app.isReady() ? backend() : 'unknown'),
  isAsyncEncryptionAvailable: async () => true,
  async encryptStringAsync(plainText: string) {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', keychainKey(), nonce)
    const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()])
    return Buffer.concat([prefix(), nonce, sealed, cipher.getAuthTag()])
  },
  async decryptStringAsync(encrypted: Buffer) {
    const decipher = createDecipheriv('aes-256-gcm', keychainKey(), encrypted.subarray(3, 15))
    decipher.setAuthTag(encrypted.subarray(-16))
    const result = Buffer.concat([decipher.update(encrypted.subarray(15, -16)), decipher.final()]).toString('utf8')
    return { shouldReEncrypt: false, result }
  },
})
