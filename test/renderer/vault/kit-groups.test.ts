import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseKit, writeKit } from '../../../electron/vault/recovery-kit.ts'
import { groupCount, groupsOf, kitFile, placesToConfirm } from '../../../renderer/features/vault/kit-groups.ts'

const aRandom = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const aKit = fc.uint8Array({ minLength: 20, maxLength: 20 }).map(writeKit)

describe('the recovery kit on the screen', () => {
  it('has as many groups as are numbered', () => {
    fc.assert(
      fc.property(aKit, (kit) => {
        expect(groupsOf(kit)).toHaveLength(groupCount)
      }),
    )
  })

  it('is confirmed by two different groups, in the order of the paper', () => {
    fc.assert(
      fc.property(aRandom, aRandom, (first, second) => {
        const draws = [first, second]
        const [one, other] = placesToConfirm(() => draws.shift() ?? 0)
        expect(one).toBeGreaterThanOrEqual(0)
        expect(other).toBeLessThan(groupCount)
        expect(one).toBeLessThan(other)
      }),
    )
  })

  it('asks for any two of the eight', () => {
    const asked = new Set<string>()
    for (let first = 0; first < groupCount; first += 1) {
      for (let steps = 0; steps < groupCount - 1; steps += 1) {
        const draws = [first / groupCount, steps / (groupCount - 1)]
        asked.add(placesToConfirm(() => draws.shift() ?? 0).join())
      }
    }
    expect(asked.size).toBe((groupCount * (groupCount - 1)) / 2)
  })

  it('opens the vault as it is written in its file', () => {
    fc.assert(
      fc.property(aKit, (kit) => {
        const file = kitFile(kit, { title: 'Kit', before: 'Before', after: 'After' })
        const [, first = '', second = ''] = /^ {4}(\S+)\n {4}(\S+)$/m.exec(file) ?? []
        expect(parseKit(`${first} ${second}`)).toEqual(parseKit(kit))
        expect(parseKit(kit)).not.toBeNull()
      }),
    )
  })
})
