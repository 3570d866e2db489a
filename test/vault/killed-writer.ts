// A process that saves one number after the other, prints each once its save was acknowledged, and is killed.
import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { nodeFileSystem } from '../../electron/vault/file-system.ts'
import { createVault } from '../../electron/vault/vault.ts'
import { aFaultyFileSystem } from './faulty-file-system.ts'
import { aClock, fastDerive, notes, passphrase } from './vault-builder.ts'

const [folder = '', dieAt = '0'] = process.argv.slice(2)
const { fs, state } = aFaultyFileSystem(nodeFileSystem)
const vault = await createVault({
  folder,
  fs,
  clock: aClock(),
  randomBytes,
  deriveKey: fastDerive,
  protectors: [],
  delay: () => Promise.resolve(),
  metadata: notes,
  onChange: () => undefined,
})
await vault.unlock({ passphrase })
// A killed process does not keep it by itself.
flushCompileCache()

const deadly = Number(dieAt)
if (deadly > 0) {
  const from = state.operations
  state.before = (done) => {
    if (done - from >= deadly) process.kill(process.pid, 'SIGKILL')
  }
}
let next = vault.read().metadata.notes.length
for (;;) {
  await vault.commit((draft) => void draft.metadata.notes.push(String(next)))
  writeSync(1, `${next}\n`)
  next += 1
}
