import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SlotBits } from '../../electron/rotation/slot-bits.ts'
import { SlotHeap } from '../../electron/rotation/slot-heap.ts'

const capacity = 3_000
const slot = fc.nat(capacity - 1)

describe('a set of slots', () => {
  it('finds the next member as a scan of all would', () => {
    const sets = fc.array(fc.tuple(fc.boolean(), slot), { maxLength: 200 })
    const property = fc.property(sets, slot, (changes, from) => {
      const bits = new SlotBits(capacity)
      const plain = new Set<number>()
      for (const [isAdded, member] of changes) {
        if (isAdded) plain.add(member)
        else plain.delete(member)
        if (isAdded) bits.add(member)
        else bits.remove(member)
      }
      const members = [...plain].toSorted((a, b) => a - b)
      const next = members.find((member) => member >= from) ?? -1
      const around = members.find((member) => member > from) ?? members[0] ?? -1
      return bits.size === plain.size && bits.next(from) === next && bits.nextAround(from) === around
    })
    expect(() => fc.assert(property, { numRuns: 500 })).not.toThrow()
  })

  it('answers for a set of no slots', () => {
    expect(new SlotBits(0).next(0)).toBe(-1)
    expect(new SlotBits(0).nextAround(-1)).toBe(-1)
  })
})

describe('a heap of slots', () => {
  it('keeps slots in order of rank, second rank and slot, however they were moved', () => {
    const change = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.nat(60), fc.nat(5), fc.nat(3))
    const property = fc.property(fc.array(change, { maxLength: 150 }), (changes) => {
      const heap = new SlotHeap(61, 'by-second-rank')
      const plain = new Map<number, [number, number]>()
      for (const [what, slot, rank, second] of changes) {
        if (what === 0) {
          heap.remove(slot)
          plain.delete(slot)
        } else {
          heap.set(slot, rank === 5 ? Infinity : rank, second)
          plain.set(slot, [rank === 5 ? Infinity : rank, second])
        }
      }
      const sorted = [...plain]
        .toSorted(([a, [ra, sa]], [b, [rb, sb]]) => (ra === rb ? sa - sb || a - b : ra - rb))
        .map(([slot]) => slot)
      const odd = sorted.find((slot) => slot % 2 === 1) ?? -1
      expect(heap.firstFew(100)).toEqual(sorted)
      expect(heap.first).toBe(sorted[0] ?? -1)
      expect(heap.find((slot) => slot % 2 === 1)).toBe(odd)
    })
    expect(() => fc.assert(property, { numRuns: 500 })).not.toThrow()
  })
})
