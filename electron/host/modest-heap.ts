// A gateway makes much garbage and keeps little. Left alone, V8 gives the young generation 128 MB and lets the old one
// grow to several times what lives in it before it looks; held back, it does a little more work in a third of the room.
import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Both halves of the young generation. */
const youngBytes = 32 << 20
/**
 * How much may be added to what lived after a full collection before there is another. V8 counts the young generation,
 * too: with less than this, a small heap is collected whole each time that one is full.
 */
const oldGrowsByPercent = 100

export interface Heap {
  youngBytes: () => number
  setFlag: (flag: string) => void
  /** Calls back after every collection. */
  onCollected: (listener: () => void) => void
}

/**
 * V8 reads both flags with every collection, so they count for a process that runs already. While nothing happens it lets
 * the young generation shrink to almost nothing, and then doubles it only after as much as it holds has survived; until
 * then it collects so often that what is under way survives and is copied again and again. So it grows back in one step.
 */
export function keepHeapModest(heap: Heap = thisHeap): void {
  let growsBy = 0
  heap.setFlag(`--heap-growing-percent=${oldGrowsByPercent}`)
  heap.onCollected(() => {
    const wanted = Math.max(1, Math.floor(youngBytes / heap.youngBytes()))
    if (wanted === growsBy) return
    growsBy = wanted
    heap.setFlag(`--semi-space-growth-factor=${growsBy}`)
  })
}

const thisHeap: Heap = {
  youngBytes: () =>
    getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? youngBytes,
  setFlag: setFlagsFromString,
  onCollected: (listener) => new PerformanceObserver(listener).observe({ entryTypes: ['gc'] }),
}
