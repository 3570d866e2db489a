// Every ciphertext is AES-256-GCM with a full 16-byte tag, and nothing of a plaintext is used before its tag has held.
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto'

export const keyBytes = 32
export const nonceBytes = 12
export const tagBytes = 16

export interface Sealed {
  readonly ct: Buffer
  readonly tag: Buffer
}

// Without authTagLength Node accepts a tag of 4 bytes.
const options = { authTagLength: tagBytes }

export function seal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plain: Uint8Array): Sealed {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, options)
  cipher.setAAD(aad)
  // GCM is a stream: update gives all of the ciphertext and final nothing, so that megabytes need no second copy.
  const ct = cipher.update(plain)
  cipher.final()
  return { ct, tag: cipher.getAuthTag() }
}

/** The plaintext, or null when key, nonce, aad, text or tag are not the ones that were sealed. */
export function open(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, sealed: Sealed): Buffer | null {
  if (sealed.tag.length !== tagBytes || nonce.length !== nonceBytes) return null
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, options)
  decipher.setAAD(aad)
  decipher.setAuthTag(sealed.tag)
  const plain = decipher.update(sealed.ct)
  try {
    decipher.final()
  } catch {
    plain.fill(0)
    return null
  }
  return plain
}

export function hkdf(key: Uint8Array, salt: Uint8Array | string, info: string, length = keyBytes): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, info, length))
}

export const sha256 = (...parts: (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export const hmac = (key: Uint8Array, ...parts: (Uint8Array | string)[]): Buffer => {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}
