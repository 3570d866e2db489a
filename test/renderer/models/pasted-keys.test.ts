import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SecretInput } from '../../../shared/key.ts'
import { lastFourOf, parsePastedKeys } from '../../../renderer/features/models/pasted-keys.ts'

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

  it('are left out with the number of their line when no header can carry them', () => {
    const found = parsePastedKeys(`${long('a')}\nschlüssel\n${long('b')}`)
    expect(found.keys).toHaveLength(2)
    expect(found.unusableLines).toEqual([2])
  })

  it("are taken with a hint when they look like a guide's example, never refused", () => {
    const found = parsePastedKeys('sk-key1...\nyour_api_key\n<your key>')
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
