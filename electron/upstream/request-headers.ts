/** Headers are built from an allow-list: nothing of the client's goes upstream that is not named here. */
import type { Headers } from '../rotation/wire-failure.ts'

const passed = ['accept', 'content-type', 'openai-beta', 'anthropic-version', 'anthropic-beta'] as const
const sendableValue = /^[\x20-\x7e]{1,1024}$/

export function buildRequestHeaders(client: Headers, own: Headers): Record<string, string> {
  // Identity, so that streams come as they are written and nothing can be a decompression bomb.
  const headers: Record<string, string> = { accept: 'application/json', 'accept-encoding': 'identity' }
  for (const name of passed) {
    const value = client[name]
    if (value !== undefined && sendableValue.test(value)) headers[name] = value
  }
  return Object.assign(headers, own)
}

/** RFC 9110 §5.5: visible ASCII. Anything else would be refused with an error that repeats the value, or split it. */
export function isSendableSecret(secret: string) {
  return secret.length > 0 && secret.length <= 4096 && /^[\x21-\x7e]+$/.test(secret)
}
