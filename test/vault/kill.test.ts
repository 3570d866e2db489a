import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { openVault, passphrase } from './vault-builder.ts'

/** How often to kill at random times; the whole run of a release asks for 500. */
const randomKills = Number(process.env['KEYWHEEL_KILLS'] ?? 10)
const operationsOfOneSave = 30

const compiled = mkdtempSync(join(tmpdir(), 'keywheel-compiled-'))
afterAll(() => rmSync(compiled, { recursive: true, force: true }))

async function aFolder() {
  const folder = join(temporaryFolder(), 'data')
  mkdirSync(folder)
  await (await openVault({ folder })).create({ protection: 'pass', passphrase })
  return folder
}

/** Lets a writer run until it dies, and returns the last number it had been told was saved. */
async function runUntilKilled(folder: string, dieAt: number, killAfterMs: number | null): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-writer.ts'), folder, String(dieAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Most of a kill's time would go into compiling the writer again.
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  })
  const printed: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => {
    printed.push(chunk)
    if (killAfterMs !== null && printed.length === 1) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  })
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return Number(Buffer.concat(printed).toString().trim().split('\n').at(-1) || -1)
}

/** What the next start finds must be all that was acknowledged, and at most the one save that was under way. */
async function checkAfter(folder: string, acknowledged: number) {
  const vault = await openVault({ folder })
  await vault.unlock({ passphrase })
  const { notes } = vault.read().metadata
  expect(notes).toEqual(notes.map((_note, place) => String(place)))
  return { extra: notes.length - 1 - acknowledged, notes }
}

describe('a writer that is killed', () => {
  it(`at each of the operations of a save leaves the last save or the one under way (${operationsOfOneSave} kills)`, async ({
    expect,
  }) => {
    const folder = await aFolder()
    let last = -1
    const extras = new Set<number>()
    for (let operation = 1; operation <= operationsOfOneSave; operation += 1) {
      const acknowledged = await runUntilKilled(folder, operation, null)
      const { extra, notes } = await checkAfter(folder, Math.max(acknowledged, last))
      expect([0, 1]).toContain(extra)
      extras.add(extra)
      last = notes.length - 1
      expect(readdirSync(folder).filter((name) => name.includes('.tmp-'))).toEqual([])
    }
    // Kills before the rename and after it but before the answer were both among them.
    expect([...extras].toSorted((a, b) => a - b)).toEqual([0, 1])
  }, 120_000)

  it(`at random times loses no acknowledged save (${randomKills} kills)`, async () => {
    const folder = await aFolder()
    let last = -1
    for (let kill = 0; kill < randomKills; kill += 1) {
      const acknowledged = await runUntilKilled(folder, 0, Math.random() * 60)
      const { extra, notes } = await checkAfter(folder, Math.max(acknowledged, last))
      expect([0, 1]).toContain(extra)
      last = notes.length - 1
    }
    expect(last).toBeGreaterThanOrEqual(randomKills)
  }, 600_000)
})
