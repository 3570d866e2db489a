// A process that tries for the lock of a folder whenever it is told to, and lets go when it is told to.
import { randomBytes } from 'node:crypto'
import { nodeFileSystem } from '../../electron/vault/file-system.ts'
import { acquireLock } from '../../electron/vault/instance-lock.ts'
import { lookAtProcess, thisProcess } from '../../electron/vault/process-identity.ts'

const folder = process.argv[2] ?? ''
const self = await thisProcess()
let release: (() => Promise<void>) | null = null

async function take(): Promise<boolean> {
  const result = await acquireLock(folder, {
    fs: nodeFileSystem,
    self,
    look: lookAtProcess,
    randomBytes,
    wallMs: Date.now,
    schedule: () => () => undefined,
    delay: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  })
  release = result.ok ? result.release : null
  return result.ok
}

process.on('message', (order) => {
  if (order === 'take') void take().then((won) => process.send?.(won))
  else void (release?.() ?? Promise.resolve()).then(() => process.send?.('released'))
})
process.send?.('ready')
