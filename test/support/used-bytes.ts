import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Of this thread's heap, after all that can be collected has been. */
export function usedBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}
