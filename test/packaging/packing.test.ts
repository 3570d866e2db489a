import { extractAll, listPackage } from '@electron/asar'
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wrongFuses } from '../../electron/packaging/fuses.ts'
import { packedBinary } from '../../electron/packaging/packed-binary.ts'
import { writeElectronDistribution } from './electron-distribution.ts'

/** Packs for Linux around a stand-in for Electron's files: what goes in, and the fuses, are electron-builder's own work. */
const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'keywheel-packing-'))
const distribution = join(folder, 'electron')
const output = join(folder, 'packages')
const asar = join(output, 'linux-unpacked', 'resources', 'app.asar')

const runElectronBuilder = (into = output) =>
  spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'electron-builder', 'cli.js'),
      '--linux',
      '--dir',
      '--config',
      'electron-builder.yml',
      `--config.directories.output=${into}`,
      `--config.electronDist=${distribution}`,
    ],
    { cwd: root, encoding: 'utf8' },
  )

/** Every file below a folder, by its name there and what is in it. */
const hashesIn = (top: string) =>
  Object.fromEntries(
    readdirSync(top, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name)
        return [path.slice(top.length), createHash('sha256').update(readFileSync(path)).digest('hex')] as const
      })
      .toSorted(([one], [other]) => one.localeCompare(other)),
  )

describe.runIf(process.platform === 'linux')('A packed application', () => {
  let packing: ReturnType<typeof runElectronBuilder>
  beforeAll(() => {
    if (!existsSync(join(root, 'dist', 'main', 'main.js'))) throw new Error('npm run build comes before this test')
    writeElectronDistribution(distribution)
    packing = runElectronBuilder()
  }, 180_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is packed without a complaint', () => {
    expect(`${packing.stdout}${packing.stderr}`).not.toMatch(/error/i)
    expect(packing.status).toBe(0)
  })

  it('holds the three bundles, the page, and nothing else', () => {
    const files = listPackage(asar, { isPack: false })
    for (const file of ['/dist/main/main.js', '/dist/preload/preload.cjs', '/dist/renderer/index.html', '/LICENSE']) {
      expect(files).toContain(file)
    }
    const strange = files.filter(
      (file) => !/^\/(?:dist(?:\/(?:main|preload|renderer)(?:\/.*)?)?|package\.json|LICENSE)$/.test(file),
    )
    expect(strange).toEqual([])
    expect(files.filter((file) => /\.(?:ts|tsx|map)$/.test(file))).toEqual([])
  })

  it('is the same to the byte when it is packed again', () => {
    const again = join(folder, 'packages-again')
    expect(runElectronBuilder(again).status).toBe(0)
    expect(hashesIn(join(again, 'linux-unpacked'))).toEqual(hashesIn(join(output, 'linux-unpacked')))
  }, 180_000)

  it('keeps the texts of the languages that it speaks', () => {
    const locales = readdirSync(join(output, 'linux-unpacked', 'locales'))
    expect(locales.toSorted()).toEqual(['en-US.pak', 'zh-CN.pak'])
  })

  it('has every fuse as it is wanted, which the binary it was made of had not', async () => {
    const binary = packedBinary(output, 'linux')
    expect(binary).toBe(join(output, 'linux-unpacked', 'keywheel'))
    expect(await wrongFuses(binary ?? '')).toEqual([])
    expect(await wrongFuses(join(distribution, 'electron'))).toContain('RunAsNode')
  })

  it('is complete: the browser host runs from what was packed, with no node_modules anywhere near', async () => {
    const unpacked = join(folder, 'unpacked')
    extractAll(asar, unpacked)
    const child = spawn(process.execPath, [join(unpacked, 'dist', 'main', 'browser.js'), '--no-open'], {
      cwd: unpacked,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, KEYWHEEL_DATA: join(folder, 'data'), KEYWHEEL_PORT: '0' },
    })
    const said = await new Promise<string>((resolve) => {
      let text = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (part: string) => {
          text += part
          if (text.includes('http://127.0.0.1:')) resolve(text)
        })
      }
      child.on('close', () => resolve(text))
    })
    // It writes down what it knows before it ends, into the folder that is removed after.
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'close')
    expect(said).toContain('http://127.0.0.1:')
  })
})

describe('npm run package without a binary of Electron', () => {
  it('says what is missing and three ways to provide it, before it builds anything', () => {
    const { ELECTRON_MIRROR: _mirror, electron_config_cache: _cache, ...env } = process.env
    const program = join(root, 'electron', 'packaging', 'package.ts')
    const { status, stderr } = spawnSync(process.execPath, [program, '--dir'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...env, ELECTRON_OVERRIDE_DIST_PATH: '' },
    })
    // Where npm's electron package has its binary, there is nothing to say.
    if (existsSync(join(root, 'node_modules', 'electron', 'dist'))) return
    expect(status).toBe(1)
    expect(stderr).toContain('ELECTRON_MIRROR')
    expect(stderr).toContain('electron_config_cache')
    expect(stderr).toContain('ELECTRON_OVERRIDE_DIST_PATH')
  })
})
