import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { electronBinary, runElectron, whyNoElectron } from '../../electron/launch/electron-program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const desktop = { platform: 'linux' as const, env: { DISPLAY: ':0' }, isRoot: false }

/** A project with an Electron that is this shell script. */
function anElectron(script: string) {
  const root = temporaryFolder()
  const binary = electronBinary(root, desktop)
  mkdirSync(join(binary, '..'), { recursive: true })
  writeFileSync(binary, `#!/bin/sh\n${script}\n`)
  chmodSync(binary, 0o755)
  return { root, binary }
}

/** Runs it with a clock on which it took this long. */
function run({ root, binary }: { root: string; binary: string }, tookMs: number) {
  let nowMs = -tookMs
  return runElectron({ binary, root, env: process.env, nowMs: () => (nowMs += tookMs) })
}

describe('Electron is not even started', () => {
  it('when there is no reason against it, which is null', () => {
    expect(whyNoElectron(anElectron('').root, desktop)).toBeNull()
    expect(whyNoElectron(anElectron('').root, { ...desktop, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeNull()
  })

  it.each<[string, Partial<typeof desktop>]>([
    ['there is no display', { env: {} as typeof desktop.env }],
    ['its sandbox does not work for root', { isRoot: true }],
  ])('because %s', (because, difference) => {
    expect(whyNoElectron(anElectron('').root, { ...desktop, ...difference })).toBe(because)
  })

  it.each([
    ['is not installed', null],
    ['could not be downloaded', 'failed'],
    ['did not arrive in 10 seconds', 'too-slow'],
  ])('because its binary %s', (because, outcome) => {
    const root = temporaryFolder()
    mkdirSync(join(root, 'node_modules'))
    const note = join(root, 'node_modules', '.keywheel-electron.json')
    if (outcome !== null) writeFileSync(note, JSON.stringify({ version: '1', outcome }))
    expect(whyNoElectron(root, desktop)).toBe(`its binary ${because}`)
  })

  it('because its binary is not where the person said', () => {
    const env = { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' }
    expect(whyNoElectron(anElectron('').root, { ...desktop, env })).toBe(
      'its binary is not in ELECTRON_OVERRIDE_DIST_PATH',
    )
  })
})

describe('Electron that was started', () => {
  it('ran when it lived for a while, however it ended', async () => {
    expect(await run(anElectron('exit 0'), 60_000)).toEqual({ kind: 'ran', exitCode: 0 })
    expect(await run(anElectron('exit 3'), 60_000)).toEqual({ kind: 'ran', exitCode: 3 })
  })

  it('ran when it ended at once without an error, because another window was there already', async () => {
    expect(await run(anElectron('exit 0'), 100)).toEqual({ kind: 'ran', exitCode: 0 })
  })

  it.each([
    ['it ended at once with code 1', 'exit 1'],
    ['it ended at once (SIGTRAP)', 'kill -TRAP $$'],
    [
      'it misses the system library libnss3.so',
      'echo "electron: error while loading shared libraries: libnss3.so: cannot open" >&2; exit 127',
    ],
  ])('did not run when %s', async (because, script) => {
    expect(await run(anElectron(script), 100)).toEqual({ kind: 'not', because })
  })

  it('did not run when its binary is for another machine', async () => {
    const electron = anElectron('')
    writeFileSync(electron.binary, '\u0000\u0001')
    expect((await run(electron, 100)).kind).toBe('not')
  })

  it('is told which application to open', async () => {
    const electron = anElectron('test -d "$1" && exit 7')
    expect(await run(electron, 60_000)).toEqual({ kind: 'ran', exitCode: 7 })
  })
})
