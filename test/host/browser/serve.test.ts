import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { implement } from '@orpc/server'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createBrowserHost } from '../../../electron/host/browser/browser-host.ts'
import { writeInstance } from '../../../electron/host/browser/instance-file.ts'
import { serveUntilStopped } from '../../../electron/host/browser/serve.ts'
import type { Machine } from '../../../electron/host/data-folder.ts'
import { holdDataFolder } from '../../../electron/host/data-folder-lock.ts'
import type { Host } from '../../../electron/host/host.ts'
import { contract } from '../../../shared/contract.ts'
import { defaultSettings } from '../../../shared/settings.ts'
import { pageMarkup } from '../../support/browser-server.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** A machine with a built page, on which the program may be started any number of times. */
function aMachine() {
  const root = temporaryFolder()
  const pageFolder = join(root, 'page')
  mkdirSync(pageFolder)
  writeFileSync(join(pageFolder, 'index.html'), pageMarkup)
  const dataFolder = join(root, 'data')
  const hosts: Host[] = []
  let openApplications = 0

  function start(args: readonly string[] = ['--no-open'], env: Record<string, string> = {}) {
    const machine: Machine = {
      platform: process.platform,
      env: { KEYWHEEL_DATA: dataFolder, KEYWHEEL_PORT: '0', LANG: 'zh_CN.UTF-8', ...env },
      homeFolder: root,
    }
    const [said, complained]: string[][] = [[], []]
    const input = Object.assign(new PassThrough(), { isTTY: true })
    const stop = Promise.withResolvers<void>()
    const os = implement({ settings: { get: contract.settings.get } })
    const ended = serveUntilStopped({
      args,
      machine,
      input,
      pageFolder,
      stopped: stop.promise,
      terminal: { say: (line) => said?.push(line), complain: (line) => complained?.push(line) },
      createHost: (folders) => createBrowserHost(folders, machine),
      async createApp(host) {
        hosts.push(host)
        openApplications += 1
        return {
          router: os.router({ settings: { get: os.settings.get.handler(() => defaultSettings) } }),
          async close() {
            openApplications -= 1
          },
        }
      },
      holdDataFolder: (folder) => holdDataFolder(folder, () => undefined),
    })
    const end = () => {
      stop.resolve()
      return ended
    }
    onTestFinished(async () => void (await end()))
    const links = () => (said ?? []).filter((line) => line.includes('#code=')).map((line) => line.trim())
    return { said: said ?? [], complained: complained ?? [], links, input, ended, end }
  }

  async function started(...given: Parameters<typeof start>) {
    const program = start(...given)
    await vi.waitFor(() => expect(program.links()).toHaveLength(1))
    return program
  }

  return { root, dataFolder, hosts, start, started, applications: () => openApplications }
}

async function enter(link: string): Promise<number> {
  const { origin, hash } = new URL(link)
  const response = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ code: hash.replace('#code=', '') }),
  })
  return response.status
}

describe('The browser host', () => {
  it('says where it is, with a link that opens a session', async () => {
    const { links, said } = await aMachine().started()
    expect(said[0]).toBe('Keywheel runs in your browser. This link works once, within a minute:')
    expect(await enter(links()[0] ?? '')).toBe(200)
  })

  it('gives a fresh link each time Enter is pressed', async () => {
    const { links, input } = await aMachine().started()
    input.write('\n')
    await vi.waitFor(() => expect(links()).toHaveLength(2))
    expect(links()[1]).not.toBe(links()[0])
    expect(await enter(links()[1] ?? '')).toBe(200)
  })

  it('speaks JSON to a program, one line for each link', async () => {
    const { said, input } = await aMachine().started(['--print-ready-json'])
    input.write('\n')
    await vi.waitFor(() => expect(said).toHaveLength(2))
    for (const line of said) {
      const ready = JSON.parse(line) as Record<string, unknown>
      expect(ready).toEqual({
        kind: 'ready',
        origin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        link: expect.stringContaining(`${String(ready['origin'])}/#code=`),
        pid: process.pid,
      })
    }
  })

  it('tells the application where it runs', async () => {
    const machine = aMachine()
    await machine.started()
    expect(machine.hosts[0]).toMatchObject({ kind: 'browser', dataFolder: machine.dataFolder, locale: 'zh-CN' })
    expect(machine.hosts[0]?.protectors.map(({ kind }) => kind)).toEqual(['file'])
  })

  it('stops when asked, puts the application away and leaves no trace of the run', async () => {
    const machine = aMachine()
    const { end, links } = await machine.started()
    expect(await end()).toBe(0)
    expect(machine.applications()).toBe(0)
    await expect(fetch(links()[0] ?? '')).rejects.toThrow('fetch failed')
    expect(readdirSync(machine.dataFolder).filter((name) => /lock|browser-host/.test(name))).toEqual([])
  })

  it('can be started again at once', async () => {
    const machine = aMachine()
    await (await machine.started()).end()
    expect((await machine.started()).links()).toHaveLength(1)
  })

  it('refuses an option that it does not know, before it touches anything', async () => {
    const machine = aMachine()
    const { ended, complained } = machine.start(['--prot', '1'])
    expect(await ended).toBe(2)
    expect(complained).toHaveLength(1)
    expect(existsSync(machine.dataFolder)).toBe(false)
  })
})

describe('A second start', () => {
  it('gives a fresh link to the one that runs, and ends', async () => {
    const machine = aMachine()
    const first = await machine.started()
    const second = machine.start()
    expect(await second.ended).toBe(0)
    expect(second.said[0]).toBe(
      `Keywheel is already running (process ${process.pid}). This link works once, within a minute:`,
    )
    expect(second.links()[0]).not.toBe(first.links()[0])
    expect(await enter(second.links()[0] ?? '')).toBe(200)
    expect(machine.applications()).toBe(1)
  })

  it('speaks JSON too, to a program', async () => {
    const machine = aMachine()
    await machine.started()
    const second = machine.start(['--print-ready-json'])
    await second.ended
    expect(JSON.parse(second.said[0] ?? '')).toMatchObject({ kind: 'ready' })
  })

  it('names who has the data folder when that one gives no links', async () => {
    const machine = aMachine()
    mkdirSync(machine.dataFolder, { mode: 0o700 })
    const lock = await holdDataFolder(machine.dataFolder, () => undefined)
    const second = machine.start()
    expect(await second.ended).toBe(1)
    expect(second.complained[0]).toContain(`process ${process.pid}`)
    expect(machine.applications()).toBe(0)
    if (lock.ok) await lock.release()
  })

  it.each([
    ['that nobody answers', JSON.stringify({ pid: 1, origin: 'http://127.0.0.1:1', controlToken: 'x'.repeat(43) })],
    ['that is elsewhere', JSON.stringify({ pid: 1, origin: 'http://evil.test', controlToken: 'x'.repeat(43) })],
    ['that is torn', '{"pid":1,"orig'],
  ])('is not led astray by a note %s', async (_, note) => {
    const machine = aMachine()
    mkdirSync(machine.dataFolder, { mode: 0o700 })
    writeFileSync(join(machine.dataFolder, 'browser-host.json'), note)
    expect((await machine.started()).links()).toHaveLength(1)
  })

  it.skipIf(process.platform === 'win32')('is possible for the same user alone', async () => {
    const machine = aMachine()
    await machine.started()
    expect(statSync(join(machine.dataFolder, 'browser-host.json')).mode & 0o777).toBe(0o600)
    expect(statSync(machine.dataFolder).mode & 0o777).toBe(0o700)
  })

  it('finds a note whose file was replaced whole', async () => {
    const folder = temporaryFolder()
    const instance = { pid: 7, origin: 'http://127.0.0.1:8786', controlToken: 'a'.repeat(43) }
    await writeInstance(folder, { ...instance, pid: 6 })
    const remove = await writeInstance(folder, instance)
    expect(readdirSync(folder)).toEqual(['browser-host.json'])
    expect(JSON.parse(readFileSync(join(folder, 'browser-host.json'), 'utf8'))).toEqual(instance)
    await remove()
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('A port that is taken', () => {
  it('is an error that names who to ask, and never another port', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void squatter.close())
    await new Promise((resolve) => squatter.once('listening', resolve))
    const address = squatter.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const machine = aMachine()
    const { ended, complained } = machine.start(['--no-open'], { KEYWHEEL_PORT: String(port) })
    expect(await ended).toBe(1)
    expect(complained).toEqual([
      expect.stringMatching(
        process.platform === 'linux'
          ? `^Port ${port} is taken by .+ \\(process ${process.pid}\\)\\. End that program, or .*KEYWHEEL_PORT=${port + 1}`
          : `^Port ${port} is taken by another program`,
      ),
    ])
    expect(machine.applications()).toBe(0)
    expect(readdirSync(machine.dataFolder).filter((name) => /lock|browser-host/.test(name))).toEqual([])
  })
})
