import { KeyId } from '../../shared/identity.ts'
import type { Bus } from '../events/bus.ts'
import type { Clock } from '../rotation/clock.ts'
import { Pool, type PoolDeps } from '../rotation/pool.ts'
import { createSharedState } from '../rotation/shared-state.ts'
import { createPools, type Pools, type PoolsDeps } from './pools.ts'
import type { RotationMemory } from './rotation-memory.ts'

interface Engine extends Pick<PoolsDeps, 'p50Of'> {
  clock: Clock
  random: () => number
  bus: Bus
  memory: RotationMemory
}

/** The pools of this process: one state of credentials and hosts for all of them, told to the bus as it changes. */
export function createEnginePools({ clock, random, bus, memory, p50Of }: Engine): Pools {
  const shared = createSharedState(clock)
  return createPools({
    create(modelId, spec) {
      const observe: PoolDeps['observe'] = ({ keyId, state }) =>
        bus.publish({ kind: 'key-state', modelId, keyId: KeyId.parse(keyId), state })
      return new Pool(spec, { clock, random, shared, observe })
    },
    rehearse: (spec, observe) => new Pool(spec, { clock, random, shared: createSharedState(clock), observe }),
    memory,
    p50Of,
  })
}
