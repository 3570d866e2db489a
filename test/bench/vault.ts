import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { promisify } from 'node:util'
import * as z from 'zod'
import { nodeFileSystem } from '../../electron/vault/file-system.ts'
import { deriveCalibrated, scryptKey } from '../../electron/vault/passphrase.ts'
import type { Vault } from '../../electron/vault/vault.ts'
import { createVault } from '../../electron/vault/vault.ts'
import { fastDerive } from '../vault/vault-builder.ts'
import { atMost, median, type Figure } from './figure.ts'

const keyCount = 10_000
const rounds = 7
const passphrase = 'correct horse battery'

/** As much beside each key as the application keeps. */
const Metadata = z.object({
  models: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      apiBase: z.string(),
      keys: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          lastFour: z.string(),
          weight: z.number(),
          addedAtMs: z.number(),
          pausedUntilMs: z.number().nullable(),
        }),
      ),
    }),
  ),
})
type Metadata = z.infer<typeof Metadata>

const openAt = (folder: string): Promise<Vault<Metadata>> =>
  createVault<Metadata>({
    folder,
    fs: nodeFileSystem,
    clock: { nowMs: () => performance.now(), wallMs: () => Date.now() },
    randomBytes,
    deriveKey: fastDerive,
    protectors: [],
    delay: () => Promise.resolve(),
    metadata: { schema: Metadata, empty: () => ({ models: [] }) },
    onChange: () => undefined,
  })

async function fill(vault: Vault<Metadata>, count: number): Promise<void> {
  await vault.commit((draft) => {
    for (let nth = 0; nth < count; nth += 1) {
      if (nth % 100 === 0) {
        draft.metadata.models.push({
          id: `m${nth}`,
          name: `model-${nth}`,
          apiBase: 'https://api.example.com/v1',
          keys: [],
        })
      }
      const id = randomBytes(12).toString('base64url')
      const key = { id, label: `key ${nth}`, lastFour: 'abcd', weight: 1, addedAtMs: Date.now(), pausedUntilMs: null }
      draft.metadata.models.at(-1)?.keys.push(key)
      draft.sealSecret(`sk-${randomBytes(24).toString('hex')}`, { recordId: id, allowedHosts: ['api.example.com'] })
    }
  })
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await run()
  return performance.now() - startedMs
}

async function unlockAndSave(folder: string): Promise<Figure[]> {
  const unlocks: number[] = []
  const saves: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const vault = await openAt(folder)
    unlocks.push(await timed(() => vault.unlock({ passphrase })))
    saves.push(
      await timed(() =>
        vault.commit((draft) => {
          const id = `added in round ${round}`
          const key = { id, label: id, lastFour: 'abcd', weight: 1, addedAtMs: 0, pausedUntilMs: null }
          draft.metadata.models[round]?.keys.push(key)
          draft.sealSecret(`sk-${id}`, { recordId: id, allowedHosts: ['api.example.com'] })
        }),
      ),
    )
    await vault.lock()
  }
  return [
    atMost('vault-unlock-without-kdf-10000-keys', 'ms', 300, unlocks),
    atMost('vault-save-10000-keys', 'ms', 50, saves),
  ]
}

/** The calibrated derivation as unlocking does it, and how long the event loop stood still meanwhile. */
async function derivation(): Promise<Figure[]> {
  const salt = randomBytes(16)
  const bytes = Buffer.from(passphrase)
  const nowMs = (): number => performance.now()
  const { cost } = await deriveCalibrated(scryptKey, bytes, salt, nowMs)
  const times: number[] = []
  const delays: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    times.push(await timed(() => scryptKey(bytes, salt, cost)))
    delay.disable()
    delays.push(delay.max / 1e6)
  }
  return [
    atMost('vault-kdf-wait', 'ms', 1_000, times),
    { name: 'vault-kdf-cost', value: median(times), unit: 'ms', goal: { atLeast: 250 } },
    atMost('vault-kdf-event-loop-delay', 'ms', 20, delays),
  ]
}

/** Resident memory of a process of its own with this vault open, after a collection. */
async function residentMiB(folder: string): Promise<number> {
  const script = join(import.meta.dirname, '..', 'vault', 'resident-memory.ts')
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, folder])
  return Number(stdout)
}

async function memory(full: string, empty: string): Promise<Figure[]> {
  const more: number[] = []
  for (let round = 0; round < 5; round += 1) more.push((await residentMiB(full)) - (await residentMiB(empty)))
  return [atMost('vault-memory-over-empty-10000-keys', 'MiB', 40, more)]
}

/** Measures the vault at 10,000 keys, on a real disk. */
export async function figures(): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'keywheel-bench-'))
  try {
    const [full, empty] = [join(home, 'full'), join(home, 'empty')]
    for (const [folder, count] of [
      [full, keyCount],
      [empty, 0],
    ] as const) {
      const vault = await openAt(folder)
      await vault.create({ protection: 'pass', passphrase })
      await fill(vault, count)
    }
    return [...(await unlockAndSave(full)), ...(await derivation()), ...(await memory(full, empty))]
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

export { openAt, passphrase }
