import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '../rotation/system-clock.ts'
import { nodeFileSystem } from '../vault/file-system.ts'
import { acquireLock, type LockResult } from '../vault/instance-lock.ts'
import { lookAtProcess, thisProcess } from '../vault/process-identity.ts'

/** Takes the data folder for this process, in either host. `onLost` says that another machine has taken it over. */
export async function holdDataFolder(folder: string, onLost: () => void): Promise<LockResult> {
  return acquireLock(folder, {
    fs: nodeFileSystem,
    self: await thisProcess(),
    look: lookAtProcess,
    randomBytes,
    wallMs: () => systemClock.wallMs(),
    schedule: (delayMs, task) => systemClock.schedule(delayMs, task),
    delay: (ms) => delay(ms),
    onLost,
  })
}
