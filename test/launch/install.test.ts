import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'

const installer = join(import.meta.dirname, '..', '..', 'electron', 'launch', 'install.mjs')

const lockfile = (version = '1.0.0') =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { name: 'project' },
      'node_modules/electron': { version },
      'node_modules/for-another-system': { version: '1.0.0', optional: true },
    },
  })

/** Does what `npm ci` would: empties node_modules, and puts there what the lockfile asks for on this system. */
const fakeNpm = `
  const { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs')
  appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n')
  rmSync('node_modules', { recursive: true, force: true })
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  delete packages['']
  delete packages['node_modules/for-another-system']
  mkdirSync('node_modules/electron', { recursive: true })
  writeFileSync('node_modules/electron/package.json', JSON.stringify(packages['node_modules/electron']))
  writeFileSync('node_modules/electron/install.js', readFileSync('electron-install.js'))
  writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }))
`
const unreachable = `require('node:fs').appendFileSync('electron-calls', 'asked\\n'); process.exit(1)`
const reachable = `
  const { mkdirSync, writeFileSync } = require('node:fs')
  mkdirSync('node_modules/electron/dist', { recursive: true })
  writeFileSync('node_modules/electron/dist/electron', '')
  writeFileSync('node_modules/electron/path.txt', 'electron')
  require('node:fs').appendFileSync('electron-calls', 'asked\\n')
`

/** A project that holds nothing but the installer, a lockfile and an npm of ours. */
function aProject({ npm = fakeNpm, electron = unreachable } = {}) {
  const root = temporaryFolder()
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  const calls = (path: string) =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8').split('\n') : []
  mkdirSync(join(root, 'electron', 'launch'), { recursive: true })
  copyFileSync(installer, join(root, 'electron', 'launch', 'install.mjs'))
  write('package-lock.json', lockfile())
  write('npm-cli.js', npm)
  write('electron-install.js', electron)
  return {
    root,
    write,
    npmCalls: () => calls('npm-calls').filter(Boolean),
    electronCalls: () => calls('electron-calls').filter(Boolean).length,
    run: (env: Record<string, string> = {}, args: string[] = []) => runInstaller(root, env, args),
  }
}

function runInstaller(root: string, env: Record<string, string>, args: string[]) {
  return new Promise<{ exitCode: number | null; said: string; complained: string }>((resolve) => {
    const { PATH } = process.env
    const child = spawn(process.execPath, [join(root, 'electron', 'launch', 'install.mjs'), ...args], {
      cwd: '/',
      env: { PATH, npm_execpath: join(root, 'npm-cli.js'), ...env },
    })
    let [said, complained] = ['', '']
    child.stdout.on('data', (part: Buffer) => (said += part.toString()))
    child.stderr.on('data', (part: Buffer) => (complained += part.toString()))
    child.on('close', (exitCode) => resolve({ exitCode, said, complained }))
  })
}

describe('Installing packages', () => {
  it('happens when there are none, without install scripts, and is announced in one line', async () => {
    const project = aProject()
    const { exitCode, said, complained } = await project.run()
    expect({ exitCode, complained }).toEqual({ exitCode: 0, complained: '' })
    expect(said.split('\n')[0]).toMatch(/^Installing what Keywheel needs/)
    expect(project.npmCalls()).toEqual([
      expect.stringMatching(/^ci --ignore-scripts --include=dev --include=optional /),
    ])
  })

  it('happens once, and the next start says nothing', async () => {
    const project = aProject()
    await project.run()
    expect(await project.run()).toEqual({ exitCode: 0, said: '', complained: '' })
    expect(project.npmCalls()).toHaveLength(1)
  })

  it('happens again when the lockfile asks for something else', async () => {
    const project = aProject()
    await project.run()
    project.write('package-lock.json', lockfile('2.0.0'))
    await project.run()
    expect(project.npmCalls()).toHaveLength(2)
  })

  it('leaves alone what somebody installed by hand, when it is what the lockfile asks for', async () => {
    const project = aProject()
    const installed = { packages: { 'node_modules/electron': { version: '1.0.0' } } }
    project.write('node_modules/.package-lock.json', JSON.stringify(installed))
    await project.run()
    expect(project.npmCalls()).toEqual([])
  })

  it.each([
    ['of another version', JSON.stringify({ packages: { 'node_modules/electron': { version: '0.9.0' } } })],
    ['incomplete', JSON.stringify({ packages: {} })],
    ['not recorded', '{'],
    ['recorded as nothing', 'null'],
  ])('replaces what was installed by hand and is %s', async (_, record) => {
    const project = aProject()
    project.write('node_modules/.package-lock.json', record)
    await project.run()
    expect(project.npmCalls()).toHaveLength(1)
  })

  it('ends with npm’s own words and one sentence when it fails, and is tried again', async () => {
    const project = aProject({ npm: `console.error('npm error network'); process.exit(1)` })
    const failed = await project.run()
    expect(failed.exitCode).toBe(1)
    expect(failed.complained).toMatch(/^npm error network\nnpm could not install the packages/)
    expect(failed.complained).not.toContain('    at ')
    project.write('npm-cli.js', fakeNpm)
    expect((await project.run()).exitCode).toBe(0)
  })
})

describe('The Node that runs the rest', () => {
  /** Makes the installer believe that it runs on another version. */
  function pretend(project: ReturnType<typeof aProject>, version: string, platform = process.platform as string) {
    const property = (name: string, value: string) =>
      `Object.defineProperty(process, '${name}', { value: '${value}' });`
    project.write('pretend.cjs', property('version', version) + property('platform', platform))
    return { NODE_OPTIONS: `--require=${join(project.root, 'pretend.cjs')}` }
  }

  it.each([
    ['v18.20.0', 'darwin'],
    ['v22.18.9', 'darwin'],
    ['v20.20.2', 'win32'],
    ['v16.0.0', 'freebsd'],
  ])('is refused in one sentence, before anything is installed, when it is %s on %s', async (version, platform) => {
    const project = aProject()
    const { exitCode, said, complained } = await project.run(pretend(project, version, platform))
    expect({ exitCode, said }).toEqual({ exitCode: 1, said: '' })
    expect(complained).toBe(`Keywheel needs Node 22.19 or newer here, and this is ${version}.\n`)
    expect(project.npmCalls()).toEqual([])
  })

  it.each(['v22.19.0', 'v24.0.0', 'v100.0.0'])('may be %s on any system', async (version) => {
    const project = aProject()
    expect((await project.run(pretend(project, version, 'darwin'))).exitCode).toBe(0)
  })

  it.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'may be 20 where the packages bring a newer one',
    async () => {
      const bringNode = `${fakeNpm}
        mkdirSync('node_modules/.bin', { recursive: true })
        require('node:fs').symlinkSync(process.execPath, 'node_modules/.bin/node')`
      const project = aProject({ npm: bringNode })
      expect((await project.run(pretend(project, 'v20.20.2'))).exitCode).toBe(0)
    },
  )

  it.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'is not the one that the packages bring when that does not run on this machine',
    async () => {
      const project = aProject()
      await project.run()
      project.write('node_modules/.bin/node', 'not a program')
      chmodSync(join(project.root, 'node_modules/.bin/node'), 0o755)
      const { exitCode, complained } = await project.run(pretend(project, 'v20.20.2'))
      expect(exitCode).toBe(1)
      expect(complained).toBe('Keywheel needs Node 22.19 or newer here, and this is v20.20.2.\n')
      expect(existsSync(join(project.root, 'node_modules/.bin/node'))).toBe(false)
    },
  )
})

describe('Electron’s binary', () => {
  it('is asked for once, also when it cannot be had', async () => {
    const project = aProject()
    const first = await project.run()
    const second = await project.run()
    expect(first).toMatchObject({ exitCode: 0, complained: '' })
    expect(first.said).toContain("Looking for Electron's binary")
    expect(second.said).toBe('')
    expect(project.electronCalls()).toBe(1)
  })

  it('is asked for again when Electron’s version changes', async () => {
    const project = aProject()
    await project.run()
    project.write('package-lock.json', lockfile('2.0.0'))
    await project.run()
    expect(project.electronCalls()).toBe(2)
  })

  it('is not asked for when it is there or comes from elsewhere', async () => {
    const there = aProject({ electron: reachable })
    await there.run()
    await there.run()
    expect(there.electronCalls()).toBe(1)
    const elsewhere = aProject()
    await elsewhere.run({ ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron' })
    expect(elsewhere.electronCalls()).toBe(0)
  })

  it('is given up when its time is over, together with everything that was started for it', async () => {
    const endless = `
      const { spawn } = require('node:child_process')
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
      require('node:fs').writeFileSync('download-pid', String(child.pid))`
    const project = aProject({ electron: endless })
    expect((await project.run({ KEYWHEEL_ELECTRON_WAIT_MS: '400' })).exitCode).toBe(0)
    const pid = Number(readFileSync(join(project.root, 'download-pid'), 'utf8'))
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false))
    const note = readFileSync(join(project.root, 'node_modules', '.keywheel-electron.json'), 'utf8')
    expect(JSON.parse(note)).toEqual({ version: '1.0.0', outcome: 'too-slow' })
  })
})

/** A process that ended and was not collected yet still has an id, but runs no more. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

describe('The program that is named', () => {
  const announcing = `console.log(JSON.stringify({ args: process.argv.slice(2), path: process.env.PATH })); process.exitCode = 3`

  it('runs after the installation, with its arguments, and gives the exit code', async () => {
    const project = aProject()
    project.write('program.mjs', announcing)
    const { exitCode, said } = await project.run({}, [join(project.root, 'program.mjs'), '--no-open', 'a b'])
    expect(exitCode).toBe(3)
    const { args, path } = JSON.parse(said.trim().split('\n').at(-1) ?? '') as { args: string[]; path: string }
    expect(args).toEqual(['--no-open', 'a b'])
    expect(path.split(delimiter)[0]).toBe(join(project.root, 'node_modules', '.bin'))
  })

  it('does not run when the installation failed', async () => {
    const project = aProject({ npm: 'process.exit(1)' })
    project.write('program.mjs', announcing)
    const { exitCode, said } = await project.run({}, [join(project.root, 'program.mjs')])
    expect(exitCode).toBe(1)
    expect(said).not.toContain('args')
  })

  it('keeps its own words when it fails', async () => {
    const project = aProject()
    project.write('program.mjs', `throw new Error('of the program')`)
    const { exitCode, complained } = await project.run({}, [join(project.root, 'program.mjs')])
    expect(exitCode).toBe(1)
    expect(complained).toContain('of the program')
  })
})
