import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxKeysAtOnce } from '../../../shared/key-limits.ts'
import { SecretInput } from '../../../shared/key.ts'
import { lastFourOf } from '../../../shared/last-four.ts'
import { isTooMuch, looksLikeConfiguration, parsePastedKeys } from '../../../renderer/features/models/pasted-keys.ts'

const secretsOf = (text: string) => parsePastedKeys(text).keys.map((key) => key.secret)
const long = (letter: string) => `sk-${letter.repeat(24)}`

describe('keys that are pasted', () => {
  it.each([
    ['one a line', `${long('a')}\n${long('b')}`],
    ['with commas', `${long('a')}, ${long('b')}`],
    ['with Windows line ends and blank lines', `\r\n${long('a')}\r\n\r\n${long('b')}\r\n`],
    ['as a JSON array', `["${long('a')}", "${long('b')}"]`],
    ['as a JSON array over several lines', `[\n  "${long('a')}",\n  "${long('b')}"\n]`],
    ['as a half-copied JSON array', `"${long('a')}",\n  "${long('b')}"\n]`],
    ['as assignments', `KEY_ONE=${long('a')}\nexport KEY_TWO="${long('b')}"`],
    ['as a list in an assignment', `OPENAI_KEYS='["${long('a')}","${long('b')}"]'`],
    ['under a comment', `# mine\n${long('a')}\n${long('b')}`],
  ])('are found %s', (_how, text) => {
    expect(secretsOf(text)).toEqual([long('a'), long('b')])
  })

  it('are taken once, and the repetition is counted', () => {
    expect(parsePastedKeys(`${long('a')}\n${long('a')}\n${long('b')}`)).toMatchObject({ repeated: 1 })
    expect(secretsOf(`${long('a')}\n${long('a')}`)).toEqual([long('a')])
  })

  it.each([
    ['no header can carry', 'schlüssel', { line: 2, column: 5, reason: 'key-not-ascii' }],
    ['is full-width', 'sk-Ａbcdefgh', { line: 2, column: 4, reason: 'key-not-ascii' }],
    ['stands in curly quotes', '“sk-abcdefgh”', { line: 2, column: 1, reason: 'key-not-ascii' }],
    ['was masked', 'sk-…abcd', { line: 2, column: 1, reason: 'key-masked' }],
    ['is all stars', '******', { line: 2, column: 1, reason: 'key-masked' }],
    ['holds a NUL', 'sk-abc\u0000defgh', { line: 2, column: 7, reason: 'key-control-character' }],
    ['is a book', 'x'.repeat(5000), { line: 2, column: 4097, reason: 'key-too-long' }],
  ])('are left out with their place when what was pasted %s', (_why, piece, unusable) => {
    const found = parsePastedKeys(`${long('a')}\n${piece}\n${long('b')}`)
    expect(found.keys).toHaveLength(2)
    expect(found.unusable).toEqual([unusable])
  })

  it.each([
    ['in Bearer', `Authorization: Bearer ${long('a')}`, 'key-bearer-removed'],
    ['short', 'abc', 'key-short'],
    ['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdef', 'key-is-jwt'],
    ['a GitHub token', 'ghp_0123456789abcdef0123456789abcdef0123', 'key-is-github-token'],
  ])('are taken with a hint when one is %s', (_what, text, warning) => {
    const { keys, unusable } = parsePastedKeys(text)
    expect(unusable).toEqual([])
    expect(keys).toHaveLength(1)
    expect(keys[0]?.warnings).toContain(warning)
  })

  it.each([
    ['sk-ant-api03-abcdefghijklmnop', 'anthropic'],
    ['sk-or-v1-abcdefghijklmnop', 'openrouter'],
    ['gsk_abcdefghijklmnop', 'groq'],
    ['sk-abcdefghijklmnop', null],
  ])('are seen to be whose they are by their shape: %s', (text, provider) => {
    expect(parsePastedKeys(text).keys[0]?.provider).toBe(provider)
  })

  it.each(["LLM_MODEL_CONFIGS='{", 'curl https://api.example.com -H "Authorization: Bearer x"', '{"model": 1}'])(
    'are better imported when a whole configuration was pasted: %s',
    (text) => {
      expect(parsePastedKeys(text).looksLikeFile).toBe(true)
    },
  )

  it('are no configuration by themselves', () => {
    expect(parsePastedKeys(`${long('a')}\n${long('b')}`).looksLikeFile).toBe(false)
  })

  it("are taken with a hint when they look like a guide's example, never refused", () => {
    const found = parsePastedKeys('sk-key1...\nyour_api_key')
    expect(found.keys.slice(0, 2).map((key) => [key.secret, key.placeholder])).toEqual([
      ['sk-key1...', true],
      ['your_api_key', true],
    ])
    expect(parsePastedKeys(long('a')).keys[0]?.placeholder).toBe(false)
  })

  it('show four characters of a long secret and none of a short one', () => {
    expect(lastFourOf('x'.repeat(19))).toBe('')
    expect(lastFourOf(`${'x'.repeat(16)}9f3a`)).toBe('9f3a')
  })

  it('are always such as main accepts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        for (const secret of secretsOf(text)) expect(SecretInput.safeParse(secret).success).toBe(true)
      }),
    )
  })

  it.each(['\n', '\r\n'])('are not made of the lines of a private key, which is refused where it begins', (end) => {
    const lines = [
      'sk-before-0001',
      '-----BEGIN PRIVATE KEY-----',
      'MIIEvQIBADANBg',
      '-----END PRIVATE KEY-----',
      'sk-last-1',
    ]
    const found = parsePastedKeys(lines.join(end))
    expect(found.keys.map(({ secret, line }) => [secret, line])).toEqual([
      ['sk-before-0001', 1],
      ['sk-last-1', 5],
    ])
    expect(found.unusable).toEqual([{ line: 2, column: 1, reason: 'key-is-private-key' }])
    expect(parsePastedKeys(lines.slice(1, 3).join(end)).keys).toEqual([])
  })

  it('are all found again, in order, however they are separated', () => {
    const secret = fc.stringMatching(/^sk-[A-Za-z0-9]{8,40}$/)
    fc.assert(
      fc.property(fc.uniqueArray(secret, { minLength: 1, maxLength: 30 }), (secrets) => {
        const texts = [secrets.join('\n'), secrets.join(', '), JSON.stringify(secrets), secrets.join('\r\n')]
        for (const text of texts) expect(secretsOf(text)).toEqual(secrets)
      }),
    )
  })
})

describe('a pasted text', () => {
  it.each([
    [`LLM_MODEL_CONFIGS='{"a": {"api_key": "x"}}'`, true],
    ['# mine\nexport LLM_MODEL_CONFIGS={}', true],
    ['{"glm": {"api_keys": ["x"]}}', true],
    ['model_list:\n  - model_name: a', true],
    ['  curl https://api.openai.com/v1/models -H "Authorization: Bearer x"', true],
    ['["sk-one", "sk-two"]', false],
    ['API_KEY=sk-one\nOTHER=sk-two', false],
    ['sk-one\nsk-two # from curl', false],
  ])('is a configuration when it says whose its keys are (%j: %s)', (text, isOne) => {
    expect(looksLikeConfiguration(text)).toBe(isOne)
  })
})

it('what goes into one message is a hundred thousand keys, or 8 MiB of them, and no more', () => {
  const keysOf = (count: number, length: number) =>
    Array.from({ length: count }, () => ({ secret: 'k'.repeat(length) }))
  expect(isTooMuch(keysOf(maxKeysAtOnce, 80))).toBe(false)
  expect(isTooMuch(keysOf(maxKeysAtOnce + 1, 20))).toBe(true)
  expect(isTooMuch(keysOf(maxKeysAtOnce, 90))).toBe(true)
})
