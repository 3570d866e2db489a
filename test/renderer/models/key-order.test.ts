import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyId } from '../../../shared/identity.ts'
import { indexAfterArrow, indexAfterDrop } from '../../../renderer/features/models/key-order.ts'

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => KeyId.parse(id)) as [KeyId, KeyId, KeyId, KeyId]
const order = [a, b, c, d]

describe('the order of keys', () => {
  it.each([
    ['before the first', d, a, 'before', 0],
    ['after the first', d, a, 'after', 1],
    ['after the last', a, d, 'after', 3],
    ['between two below', a, c, 'before', 1],
  ] as const)('puts a dragged key %s', (_where, dragged, id, side, index) => {
    expect(indexAfterDrop(order, dragged, { id, side })).toBe(index)
  })

  it('asks for nothing when a key is dropped where it was', () => {
    expect(indexAfterDrop(order, b, { id: a, side: 'after' })).toBeNull()
    expect(indexAfterDrop(order, b, { id: c, side: 'before' })).toBeNull()
    expect(indexAfterDrop(order, b, { id: b, side: 'after' })).toBeNull()
  })

  it('moves a key one place with an arrow, and not beyond the ends', () => {
    expect(indexAfterArrow(order, b, 'ArrowUp')).toBe(0)
    expect(indexAfterArrow(order, b, 'ArrowDown')).toBe(2)
    expect(indexAfterArrow(order, a, 'ArrowUp')).toBeNull()
    expect(indexAfterArrow(order, d, 'ArrowDown')).toBeNull()
  })

  it('puts the dragged key right beside the key it was dropped on', () => {
    const key = fc.constantFrom(...order)
    fc.assert(
      fc.property(key, key, fc.constantFrom('before' as const, 'after' as const), (dragged, id, side) => {
        const index = indexAfterDrop(order, dragged, { id, side })
        if (index === null) return
        const result = order.filter((other) => other !== dragged).toSpliced(index, 0, dragged)
        expect(result.indexOf(dragged) - result.indexOf(id)).toBe(side === 'before' ? -1 : 1)
      }),
    )
  })
})
