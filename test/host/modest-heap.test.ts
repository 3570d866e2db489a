import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepHeapModest } from '../../electron/host/modest-heap.ts'

const megabyte = 1 << 20

function heapUnderTest() {
  const flags: string[] = []
  let bytes = megabyte
  let collected = () => {}
  keepHeapModest({
    youngBytes: () => bytes,
    setFlag: (flag) => flags.push(flag),
    onCollected: (listener) => (collected = listener),
  })
  return {
    flags,
    collectWith(megabytes: number) {
      bytes = megabytes * megabyte
      collected()
    },
  }
}

describe('the heap of a process that serves', () => {
  it('the old generation is looked at before it is more than twice its size', () => {
    expect(heapUnderTest().flags).toEqual(['--heap-growing-percent=100'])
  })

  it('the young generation grows to 32 MB in one step and no further, and does so again when it has shrunk', () => {
    const heap = heapUnderTest()
    heap.collectWith(2)
    expect(heap.flags.slice(1)).toEqual(['--semi-space-growth-factor=16'])
    for (const megabytes of [32, 32]) heap.collectWith(megabytes)
    expect(heap.flags.slice(2)).toEqual(['--semi-space-growth-factor=1'])
    heap.collectWith(8)
    expect(heap.flags.slice(3)).toEqual(['--semi-space-growth-factor=4'])
  })

  it('the young generation is never told to grow beyond 32 MB, nor to shrink, whatever its size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1 }), (sizes) => {
        const heap = heapUnderTest()
        for (const megabytes of sizes) {
          heap.collectWith(megabytes)
          const growsBy = Number(heap.flags.at(-1)?.split('=')[1])
          expect(growsBy).toBeGreaterThanOrEqual(1)
          expect(megabytes * growsBy).toBeLessThanOrEqual(Math.max(megabytes, 32))
        }
      }),
    )
  })
})
