import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSecretEraser, eraseSecret } from '../../electron/upstream/secret-eraser.ts'

const secret = 'sk-canary-Xy9kLmN3pQrS'

function erase(chunks: readonly string[], canary = secret) {
  const eraser = createSecretEraser(canary)
  const out = chunks.map((chunk) => eraser.push(Buffer.from(chunk)).toString('latin1'))
  return { out, whole: out.join('') + eraser.end().toString('latin1') }
}

describe('the eraser', () => {
  it('puts stars in the place of the secret and leaves every length as it was', () => {
    const { whole } = erase([`before ${secret} after ${secret}`])
    expect(whole).toBe(`before ${'*'.repeat(22)} after ${'*'.repeat(22)}`)
  })

  it('finds it across the border of two chunks', () => {
    expect(erase([`x${secret.slice(0, 5)}`, `${secret.slice(5)}y`]).whole).toBe(`x${'*'.repeat(22)}y`)
  })

  it('holds nothing back that cannot be the beginning of the secret', () => {
    expect(erase(['data: {"a":1}\n\n', 'data: {"b":2}\n\n']).out).toEqual(['data: {"a":1}\n\n', 'data: {"b":2}\n\n'])
  })

  it('gives back what it held when it was something else', () => {
    expect(erase(['x sk-can', 'dle']).whole).toBe('x sk-candle')
    expect(erase(['x sk-can']).whole).toBe('x sk-can')
  })

  it('leaves words alone that somebody uses as a key', () => {
    expect(erase(['the bowl is EMPTY now'], 'EMPTY').whole).toBe('the bowl is EMPTY now')
    expect(eraseSecret(Buffer.from('ollama'), 'ollama').toString()).toBe('ollama')
  })

  it('never lets the secret through, wherever the chunks are cut, and changes nothing else', () => {
    const text = fc
      .array(fc.oneof(fc.constant(secret), fc.constantFrom('sk-', 'sk-canary-', 's', '\n'), fc.string()), {
        maxLength: 8,
      })
      .map((parts) => Buffer.from(parts.join('')).toString('latin1'))
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 8 }), (whole, places) => {
        const borders = [
          0,
          ...places.map((place) => place % (whole.length + 1)).toSorted((a, b) => a - b),
          whole.length,
        ]
        const eraser = createSecretEraser(secret)
        const chunks = borders
          .slice(1)
          .map((border, index) => Buffer.from(whole.slice(borders[index], border), 'latin1'))
        const out = Buffer.concat([...chunks.map((chunk) => eraser.push(chunk)), eraser.end()]).toString('latin1')
        expect(out).toBe(whole.replaceAll(secret, '*'.repeat(secret.length)))
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('the eraser of several secrets', () => {
  it('lets none of them through, wherever the chunks are cut, and leaves every length as it was', () => {
    const secrets = ['sk-canary-Xy9kLmN3pQrS', 'Xy9kLmN3pQrS-team', 'another value 123']
    const piece = fc.oneof(fc.constantFrom(...secrets, 'sk-canary-', 'Xy9k', 'another '), fc.string({ maxLength: 6 }))
    const text = fc.array(piece, { maxLength: 8 }).map((parts) => Buffer.from(parts.join('')).toString('latin1'))
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 8 }), (whole, places) => {
        const borders = places.map((place) => place % (whole.length + 1)).toSorted((a, b) => a - b)
        const eraser = createSecretEraser(secrets)
        const chunks = [...borders, whole.length].map((border, index) => whole.slice(borders[index - 1] ?? 0, border))
        const out = Buffer.concat([...chunks.map((chunk) => eraser.push(Buffer.from(chunk, 'latin1'))), eraser.end()])
        expect(out.length).toBe(whole.length)
        for (const secret of secrets) expect(out.includes(secret, 0, 'latin1')).toBe(false)
        expect(out.equals(eraseSecret(Buffer.from(whole, 'latin1'), secrets))).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})
