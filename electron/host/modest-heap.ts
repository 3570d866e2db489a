// A gateway makes much garbage and keeps little. Left alone, V8 gives the young generation 128 MB and lets the old one
// grow to several times what lives in it before it looks; held back, it does a little more work in a third of the room.
import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Both halves of the young generation: the next size after 16 MB is 32 MB, and there it stays. */
const youngBytes = 24 << 20
/** How much may be added to what lived after a full collection before there is another. */
const oldGrowsByPercent = 40

export interface Heap {
  youngBytes: () => number
  setFlag: (flag: string) => void
  /** Calls back after every collection. */
  onCollected: (listener: () => void) => void
}

/** V8 reads both flags with every collection, so they count for a process that runs already. */
export function keepHeapModest(heap: Heap = thisHeap): void {
  let isHeld = false
  heap.setFlag(`--heap-growing-percent=${oldGrowsByPercent}`)
  heap.onCollected(() => {
    // A young generation that has shrunk while nothing happened may grow again.
    const isLarge = heap.youngBytes() >= youngBytes
    if (isLarge === isHeld) return
    isHeld = isLarge
    heap.setFlag(`--semi-space-growth-factor=${isHeld ? 1 : 2}`)
  })
}

const thisHeap: Heap = {
  youngBytes: () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0,
  setFlag: setFlagsFromString,
  onCollected: (listener) => new PerformanceObserver(listener).observe({ entryTypes: ['gc'] }),
}
