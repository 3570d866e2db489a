// Opens a vault and prints the resident memory of this process in MiB.
import { openAt, passphrase } from '../bench/vault.ts'

const vault = await openAt(process.argv[2] ?? '')
await vault.unlock({ passphrase })
globalThis.gc?.()
await new Promise((resolve) => setImmediate(resolve))
globalThis.gc?.()
process.stdout.write(String(process.memoryUsage.rss() / 2 ** 20))
// The vault is still in use here, so that it was not collected.
if (vault.status().state !== 'unlocked') process.exitCode = 1
