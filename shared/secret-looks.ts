import type { KeyLooks } from './key.ts'
import { isPlaceholderSecret } from './key-text.ts'
import { presetOfShape } from './provider-presets.ts'

/** Taken down when a key is added, because nothing reads its secret later only to look at it. */
export const looksOfSecret = (secret: string): KeyLooks => {
  const placeholder = isPlaceholderSecret(secret)
  return { placeholder, provider: placeholder ? null : (presetOfShape(secret)?.id ?? null) }
}
