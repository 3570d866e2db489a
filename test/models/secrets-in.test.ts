import { describe, expect, it } from 'vitest'
import { secretsIn } from '../../electron/models/secrets-in.ts'

const held = new Set(['my-own-proxy-key', 'abcDEFgh.ijkl', 'http-like/key-0001'])
const keptAmong = (candidates: readonly string[]) => candidates.filter((text) => held.has(text))
const found = (content: string) => secretsIn(Buffer.from(JSON.stringify({ messages: [{ content }] })), keptAmong)

describe('secrets of the vault in a text', () => {
  it.each([
    ['alone', 'my-own-proxy-key', ['my-own-proxy-key']],
    ['in a sentence', 'Why is (my-own-proxy-key) refused?', ['my-own-proxy-key']],
    ['at the end of one', 'It is abcDEFgh.ijkl.', ['abcDEFgh.ijkl']],
    ['on a line of its own', 'keys:\nmy-own-proxy-key\n"abcDEFgh.ijkl"', ['my-own-proxy-key', 'abcDEFgh.ijkl']],
    ['as a value', 'API_KEY=my-own-proxy-key', ['my-own-proxy-key']],
    ['in an address', 'https://user:my-own-proxy-key@host/v1', ['my-own-proxy-key']],
    ['with a slash of its own', 'http-like/key-0001', ['http-like/key-0001']],
    ['nowhere', 'a-key-of-somebody-else', []],
  ])('are found %s', (_where, content, secrets) => expect(found(content)).toEqual(secrets))

  it('are looked for in so many words and no more, however long the text is', () => {
    let asked = 0
    const count = (candidates: readonly string[]) => {
      asked = candidates.length
      return keptAmong(candidates)
    }
    secretsIn(Buffer.from(Array.from({ length: 60_000 }, (_, nth) => `word-${100_000 + nth}`).join(' ')), count)
    expect(asked).toBeLessThan(5_010)
  })
})
