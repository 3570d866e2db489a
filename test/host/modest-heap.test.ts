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
  it('the old generation is looked at before it has grown by half', () => {
    expect(heapUnderTest().flags).toEqual(['--heap-growing-percent=40'])
  })

  it('the young generation grows to 32 MB and no further, and may grow again when it has shrunk', () => {
    const heap = heapUnderTest()
    for (const megabytes of [2, 8, 16]) heap.collectWith(megabytes)
    expect(heap.flags).toHaveLength(1)
    for (const megabytes of [32, 32]) heap.collectWith(megabytes)
    expect(heap.flags.slice(1)).toEqual(['--semi-space-growth-factor=1'])
    heap.collectWith(2)
    expect(heap.flags.slice(2)).toEqual(['--semi-space-growth-factor=2'])
  })
})
