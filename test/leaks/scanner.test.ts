import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScanner } from './scanner.ts'

const secret = 'sk-canary-Q7f2Zk9LmX4tVb8NcR1sWd6Yp3Gh5Jq'
const scanner = createScanner({ key: secret })

const forms: [string, (text: string) => Buffer | string][] = [
  ['as it is', (text) => text],
  ['in hex', (text) => Buffer.from(text).toString('hex')],
  ['in UTF-16', (text) => Buffer.from(text, 'utf16le')],
  ['in UTF-16, big end first', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['reversed', (text) => text.split('').toReversed().join('')],
  ['compressed', (text) => gzipSync(text)],
  ['in base64', (text) => Buffer.from(text).toString('base64')],
  ['in base64url', (text) => Buffer.from(text).toString('base64url')],
]

describe('the scanner', () => {
  it.each(forms)('finds a secret %s', (_form, encode) => {
    expect(scanner.scan('place', encode(`before ${secret} after`))[0]).toMatchObject({ canary: 'key' })
  })

  it('finds any 14 characters of it, whatever stands around them, in any form', () => {
    const start = fc.nat({ max: secret.length - 14 })
    fc.assert(
      fc.property(start, fc.integer({ min: 14, max: 24 }), fc.string(), fc.string(), (from, length, before, after) => {
        const piece = secret.slice(from, from + length)
        for (const [, encode] of forms)
          expect(scanner.scan('place', encode(`${before}${piece}${after}`))).not.toEqual([])
      }),
    )
  })

  it('says nothing of a mask or of other text', () => {
    expect(scanner.scan('place', `…${secret.slice(-4)} sk-canary and nothing else ${secret.slice(0, 11)}`)).toEqual([])
  })
})
