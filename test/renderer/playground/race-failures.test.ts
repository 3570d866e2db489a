import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupFailures } from '../../../renderer/features/playground/key-race/race-failures.ts'
import type { RaceCall } from '../../../shared/key-race.ts'

const callOf = (keyLabel: string, number: number) => ({ keyLabel, requestId: `r-${number}` }) as RaceCall
const callsOf = (labels: readonly string[]) => labels.map(callOf)
const labelOf = ({ keyLabel }: RaceCall) => keyLabel

describe('what failed in a race', () => {
  it('is told once for all the calls that it is true of, in the order in which it came up', () => {
    const told = groupFailures(callsOf(['lab', 'trial', 'lab']), labelOf)
    expect(told.map(({ text, shown }) => [text, shown.map(({ requestId }) => requestId)])).toEqual([
      ['lab', ['r-0', 'r-2']],
      ['trial', ['r-1']],
    ])
  })

  it('leads to a dozen of the calls, and counts the rest', () => {
    const [told] = groupFailures(callsOf(Array.from({ length: 15 }, () => 'lab')), labelOf)
    expect(told?.shown).toHaveLength(12)
    expect(told?.more).toBe(3)
  })

  it('loses no call', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c')), (labels) => {
        const told = groupFailures(callsOf(labels), labelOf)
        expect(told.reduce((sum, { shown, more }) => sum + shown.length + more, 0)).toBe(labels.length)
        expect(new Set(told.map(({ text }) => text)).size).toBe(told.length)
      }),
    )
  })
})
