import { describe, expect, it } from 'vitest'
import { binCount, purgeOf, shapeOf } from '../../../renderer/features/models/bin-contents.ts'
import { BinModel, Purge } from '../../../shared/bin.ts'

const aBinModel = (id: string, deletedAtMs: number | null, keyIds: string[]) =>
  BinModel.parse({
    id,
    name: id,
    deletedAtMs,
    keys: keyIds.map((keyId) => ({ id: keyId, label: keyId, lastFour: '', deletedAtMs })),
  })

const whole = aBinModel('gone', 1_000, ['g1', 'g2'])
const some = aBinModel('in-use', null, ['u1', 'u2'])

describe('the bin', () => {
  it('counts a deleted model once and each deleted key of a model in use', () => {
    expect(binCount([])).toBe(0)
    expect(binCount([whole])).toBe(1)
    expect(binCount([whole, some])).toBe(3)
  })

  it('forgets a deleted model with its keys, and never a model in use', () => {
    expect(Purge.parse(purgeOf([whole, some]))).toEqual({ modelIds: ['gone'], keyIds: ['u1', 'u2'] })
  })
})

describe('the shape of the models', () => {
  const model = (keys: object[]) => [{ id: 'm', keys }] as unknown as Parameters<typeof shapeOf>[0]

  it('stays while keys only work', () => {
    expect(shapeOf(model([{ id: 'a', requests: 1 }]))).toBe(shapeOf(model([{ id: 'a', requests: 2 }])))
  })

  it('changes when a key comes or goes', () => {
    expect(shapeOf(model([{ id: 'a' }]))).not.toBe(shapeOf(model([{ id: 'a' }, { id: 'b' }])))
  })
})
