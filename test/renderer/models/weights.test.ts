import { describe, expect, it } from 'vitest'
import { isAllReserve, weightNote } from '../../../renderer/features/models/weights.ts'

const weighted = (...weights: number[]) => ({
  strategy: 'weighted' as const,
  keys: weights.map((weight, index) => ({ id: `key-${index + 1}`, weight })),
})

describe('a weight of zero', () => {
  it('makes a key a reserve, and all of them when no other key has one', () => {
    expect(weightNote(weighted(1, 1), 'key-1', '0')).toBe('reserve')
    expect(weightNote(weighted(1, 0), 'key-1', ' 0 ')).toBe('allReserve')
    expect(weightNote({ ...weighted(1, 0), strategy: 'ordered' }, 'key-1', '0')).toBe('reserve')
  })

  it.each(['1', '', '-1', 'x', '0.5'])('is not what %j says', (typed) => {
    expect(weightNote(weighted(0, 0), 'key-1', typed)).toBeNull()
  })

  it('is said of a model only while its weights are asked for', () => {
    expect(isAllReserve(weighted(0, 0))).toBe(true)
    expect(isAllReserve(weighted(0, 1))).toBe(false)
    expect(isAllReserve(weighted())).toBe(false)
    expect(isAllReserve({ ...weighted(0), strategy: 'round-robin' })).toBe(false)
  })
})
