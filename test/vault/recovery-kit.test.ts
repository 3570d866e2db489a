import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kitSecretBytes, mistypedGroups, parseKit, writeKit } from '../../electron/vault/recovery-kit.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const aSecret = fc.uint8Array({ minLength: kitSecretBytes, maxLength: kitSecretBytes })
const groupsOf = (secret: Uint8Array) => writeKit(secret).split('-')

describe('a recovery kit', () => {
  it('is read back, however it is spaced and written', () => {
    fc.assert(
      fc.property(aSecret, (secret) => {
        const typed = writeKit(secret).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
        expect(parseKit(typed)).toEqual(Buffer.from(secret))
      }),
    )
  })

  it('tells in which group a symbol was mistyped, whichever symbol it was', () => {
    const groups = groupsOf(randomBytes(kitSecretBytes))
    for (const [place, group] of groups.entries()) {
      for (let at = 0; at < 5; at += 1) {
        for (const symbol of alphabet.replace(group[at]!, '')) {
          const wrong = group.slice(0, at) + symbol + group.slice(at + 1)
          expect(mistypedGroups(groups.toSpliced(place, 1, wrong).join('-'))).toEqual([place])
        }
      }
    }
  })

  it('tells when two symbols of a group have changed places', () => {
    fc.assert(
      fc.property(aSecret, fc.nat({ max: 7 }), fc.nat({ max: 4 }), fc.nat({ max: 4 }), (secret, place, one, other) => {
        const groups = groupsOf(secret)
        const symbols = groups[place]!.split('')
        fc.pre(symbols[one] !== symbols[other])
        ;[symbols[one], symbols[other]] = [symbols[other]!, symbols[one]!]
        // The check symbol alone carries the place, so a change with it is left to the vault itself to refuse.
        fc.pre(one < 4 && other < 4)
        expect(mistypedGroups(groups.toSpliced(place, 1, symbols.join('')).join('-'))).toEqual([place])
      }),
    )
  })

  it('tells when two groups have changed places', () => {
    fc.assert(
      fc.property(aSecret, fc.nat({ max: 7 }), fc.nat({ max: 7 }), (secret, one, other) => {
        const groups = groupsOf(secret)
        fc.pre(one !== other)
        const swapped = groups.with(one, groups[other]!).with(other, groups[one]!)
        expect(mistypedGroups(swapped.join('-'))).toEqual([one, other].toSorted((a, b) => a - b))
      }),
    )
  })
})
