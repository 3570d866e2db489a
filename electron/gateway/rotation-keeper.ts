import type { Bus } from '../events/bus.ts'
import type { Clock } from '../rotation/clock.ts'
import type { Pools } from './pools.ts'
import type { RotationMemory } from './rotation-memory.ts'

/** How long after a key's state has changed it is written down; what changes meanwhile goes with it. */
const memoryPauseMs = 1_000

/** Writes down what the rotation knows soon after a key's state has changed, and once more at the end. */
export function keepMemory(deps: {
  clock: Clock
  bus: Bus
  pools: Pools
  memory: RotationMemory
  reportBug: (error: unknown) => void
}) {
  const { clock, bus, pools, memory, reportBug } = deps
  let cancel: (() => void) | null = null
  const save = () => {
    cancel = null
    pools.remember()
    void memory.save().catch(reportBug)
  }
  const leave = bus.subscribe(() => void (cancel ??= clock.schedule(memoryPauseMs, save)), ['key-state'])
  return {
    async close() {
      leave()
      cancel?.()
      pools.close()
      await memory.save().catch(reportBug)
    },
  }
}
