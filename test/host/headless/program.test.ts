import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { createRouterClient } from '@orpc/server'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createApp } from '../../../electron/app.ts'
import { createBrowserHost } from '../../../electron/host/browser/browser-host.ts'
import { writeInstance } from '../../../electron/host/browser/instance-file.ts'
import { findFolders, preparePrivateFolder, type Machine } from '../../../electron/host/data-folder.ts'
import { holdDataFolder } from '../../../electron/host/data-folder-lock.ts'
import { runGatewayProgram } from '../../../electron/host/headless/program.ts'
import { pageMarkup } from '../../support/browser-server.ts'
import { freePort } from '../../support/free-port.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { aPassphrase } from '../../support/test-app.ts'
import { fastDerive } from '../../vault/vault-builder.ts'

interface Run {
  env?: Record<string, string>
  isTTY?: boolean
}

/** A machine without a window, on which the program may be run any number of times. */
function aServer() {
  const root = temporaryFolder()
  const pageFolder = join(root, 'page')
  mkdirSync(pageFolder)
  writeFileSync(join(pageFolder, 'index.html'), pageMarkup)
  const machine: Machine = {
    platform: process.platform,
    env: { KEYWHEEL_DATA: join(root, 'data'), KEYWHEEL_PORT: '0' },
    homeFolder: root,
  }
  const folders = findFolders(machine)
  const create = (host: Parameters<typeof createApp>[0]) => createApp(host, { deriveKey: fastDerive })

  function run(args: readonly string[], { env = {}, isTTY = true }: Run = {}) {
    const ours = { ...machine, env: { ...machine.env, ...env } }
    const out: string[] = []
    const beside: string[] = []
    const asked = { text: '' }
    const input = Object.assign(new PassThrough(), { isTTY })
    const stop = Promise.withResolvers<void>()
    const ended = runGatewayProgram({
      args,
      machine: ours,
      input,
      pageFolder,
      stopped: stop.promise,
      terminal: { say: (line) => out.push(line), complain: (line) => beside.push(line) },
      prompt: (text) => (asked.text += text),
      createHost: (found) => createBrowserHost(found, ours),
      createApp: create,
      holdDataFolder: (folder) => holdDataFolder(folder, () => undefined),
    })
    const end = () => {
      stop.resolve()
      return ended
    }
    onTestFinished(async () => void (await end()))
    /** Types each answer when it is asked for. */
    const type = async (...answers: string[]) => {
      for (const [index, answer] of answers.entries()) {
        await vi.waitFor(() => expect(asked.text.split('Passphrase')).toHaveLength(index + 2))
        input.write(`${answer}\r`)
      }
    }
    return { out, beside, asked, input, ended, end, type }
  }

  const passphraseFile = (text = `${aPassphrase}\n`, mode = 0o600) => {
    const path = join(root, 'passphrase')
    writeFileSync(path, text)
    chmodSync(path, mode)
    return path
  }

  const withFile = (): Run => ({ env: { KEYWHEEL_PASSPHRASE_FILE: passphraseFile() }, isTTY: false })

  /** What was there before: a vault with a model, made in a window or browser. */
  async function aVault(how: 'pass' | 'file' = 'pass') {
    await preparePrivateFolder(folders.data)
    const app = await create(createBrowserHost(folders, machine))
    const page = createRouterClient(app.router)
    await page.vault.create(how === 'pass' ? { protection: 'pass', passphrase: aPassphrase } : { protection: 'file' })
    await page.models.add({
      name: 'gpt-4o',
      provider: null,
      apiBase: 'https://api.openai.com/v1',
      temperature: null,
      strategy: 'ordered',
    })
    await app.close()
  }

  async function serving(given: Run) {
    const port = await freePort()
    const program = run(['--port', String(port)], given)
    return { ...program, port, base: `http://127.0.0.1:${port}` }
  }

  return { root, folders, run, serving, aVault, passphraseFile, withFile }
}

const isServing = ({ out }: { out: string[] }) =>
  vi.waitFor(() => expect(out.some((line) => line.includes('/#code='))).toBe(true), 10_000)

const modelsOf = (base: string, token: string) =>
  fetch(`${base}/v1/models`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status)

describe('the gateway without a window', () => {
  it('opens the vault with a passphrase that is typed, which it never shows', async () => {
    const server = aServer()
    await server.aVault()
    const program = await server.serving({})
    await program.type(aPassphrase)
    await isServing(program)
    expect(program.out[0]).toBe(`The gateway answers at ${program.base}/v1`)
    expect([...program.out, ...program.beside, program.asked.text].join('\n')).not.toContain(aPassphrase)
    expect((await fetch(`${program.base}/healthz`)).status).toBe(200)
    expect(await program.end()).toBe(0)
    await expect(fetch(`${program.base}/healthz`)).rejects.toThrow('fetch failed')
  })

  it('asks again for a passphrase that is wrong, and gives up after three', async () => {
    const server = aServer()
    await server.aVault()
    const second = await server.serving({})
    await second.type('wrong the first time', aPassphrase)
    await isServing(second)
    expect(await second.end()).toBe(0)
    const never = await server.serving({})
    await never.type('wrong 1', 'wrong 2', 'wrong 3')
    expect([await never.ended, never.beside]).toEqual([3, ['The passphrase is wrong.']])
  })

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('stops when it is asked for and the person leaves with %s', async (_, key) => {
    const server = aServer()
    await server.aVault()
    const program = await server.serving({})
    await vi.waitFor(() => expect(program.asked.text).toContain('Passphrase'))
    program.input.write(key)
    expect(await program.ended).toBe(130)
  })

  it('opens the vault with the passphrase of a file, where nobody types', async () => {
    const server = aServer()
    await server.aVault()
    const program = await server.serving(server.withFile())
    await isServing(program)
    expect(program.asked.text).toBe('')
    expect(await program.end()).toBe(0)
  })

  it('opens by itself a vault that its key file opens', async () => {
    const server = aServer()
    await server.aVault('file')
    const program = await server.serving({ isTTY: false })
    await isServing(program)
    expect(await program.end()).toBe(0)
  })

  it.skipIf(process.platform === 'win32')('takes no passphrase from a file that others can read', async () => {
    const server = aServer()
    await server.aVault()
    const KEYWHEEL_PASSPHRASE_FILE = server.passphraseFile(aPassphrase, 0o644)
    const program = await server.serving({ env: { KEYWHEEL_PASSPHRASE_FILE } })
    expect([await program.ended, program.beside]).toEqual([
      3,
      [`Other users can read ${KEYWHEEL_PASSPHRASE_FILE}. Run chmod 600 on it, and try again.`],
    ])
  })

  it.each([
    ['without a line’s end', aPassphrase],
    ['as Windows writes it', `\uFEFF${aPassphrase}\r\n`],
    ['with more behind its first line', `${aPassphrase}\nand a note\n`],
  ])('reads a passphrase from a file %s', async (_, text) => {
    const server = aServer()
    await server.aVault()
    const program = await server.serving({ env: { KEYWHEEL_PASSPHRASE_FILE: server.passphraseFile(text) } })
    await isServing(program)
    expect(await program.end()).toBe(0)
  })

  it('says what is wrong with a file that is not there, or holds another passphrase', async () => {
    const server = aServer()
    await server.aVault()
    const missing = await server.serving({ env: { KEYWHEEL_PASSPHRASE_FILE: join(server.root, 'none') } })
    expect([await missing.ended, missing.beside[0]]).toEqual([3, expect.stringContaining('names no readable file')])
    const KEYWHEEL_PASSPHRASE_FILE = server.passphraseFile('another passphrase')
    const wrong = await server.serving({ env: { KEYWHEEL_PASSPHRASE_FILE } })
    expect([await wrong.ended, wrong.beside]).toEqual([3, ['The passphrase in KEYWHEEL_PASSPHRASE_FILE is wrong.']])
  })

  it('does not wait for anybody where nobody can type', async () => {
    const server = aServer()
    await server.aVault()
    const program = await server.serving({ isTTY: false })
    expect([await program.ended, program.beside[0]]).toEqual([3, expect.stringContaining('KEYWHEEL_PASSPHRASE_FILE')])
  })

  it('says that there is no vault yet', async () => {
    const program = await aServer().serving({})
    expect([await program.ended, program.beside[0]]).toEqual([3, expect.stringContaining('npm start')])
  })

  it('is on for this run only: the next window leaves it as it was', async () => {
    const server = aServer()
    await server.aVault()
    const program = await server.serving(server.withFile())
    await isServing(program)
    await program.end()
    const machine: Machine = { platform: process.platform, env: {}, homeFolder: server.root }
    const app = await createApp(createBrowserHost(server.folders, machine), { deriveKey: fastDerive })
    expect(await createRouterClient(app.router).gateway.status()).toMatchObject({ state: { kind: 'off' } })
    await app.close()
  })

  it('names the program that holds its port, and lets go of everything', async () => {
    const server = aServer()
    await server.aVault()
    const other = aServer()
    await other.aVault()
    const first = await server.serving(server.withFile())
    await isServing(first)
    const second = other.run(['--port', String(first.port)], other.withFile())
    expect([await second.ended, second.beside[0]]).toEqual([
      1,
      expect.stringMatching(`^Port ${first.port} of 127.0.0.1 is taken by .*--port`),
    ])
    const third = await other.serving(other.withFile())
    await isServing(third)
  })

  it('leads to the one that runs already', async () => {
    const server = aServer()
    await server.aVault()
    const first = await server.serving(server.withFile())
    await isServing(first)
    const second = await server.serving(server.withFile())
    expect([await second.ended, second.beside[0]]).toEqual([4, expect.stringMatching(/already running.*#code=/)])
  })
})

describe('its clients', () => {
  const tokenPattern = /^gw-[\w-]{43}$/

  it('are added from the command line, where the token is all that goes to the output', async () => {
    const server = aServer()
    await server.aVault()
    const args = [
      'client',
      'add',
      'ci',
      '--models',
      'gpt-4o',
      '--requests-per-minute',
      '60',
      '--tokens-per-day',
      '1000',
    ]
    const added = server.run(args, server.withFile())
    expect(await added.ended).toBe(0)
    expect(added.out).toEqual([expect.stringMatching(tokenPattern)])
    expect(added.beside).toEqual([expect.stringContaining('http://127.0.0.1:4141/v1')])
    const listed = server.run(['client', 'list'], server.withFile())
    await listed.ended
    expect(listed.out).toHaveLength(2)
    expect(listed.out[1]?.split(/ {2,}/).toSpliced(1, 2)).toEqual(['ci', '1', '60', '0 of 1000'])
    const program = await server.serving(server.withFile())
    await isServing(program)
    expect(program.out[1]).toBe('It knows 1 client.')
    expect(await modelsOf(program.base, added.out[0] ?? '')).toBe(200)
  })

  it('are added, shown and revoked while the gateway runs, and it heeds that at once', async () => {
    const server = aServer()
    await server.aVault()
    const program = await server.serving(server.withFile())
    await isServing(program)
    const added = server.run(['client', 'add', 'ci'], server.withFile())
    expect([await added.ended, added.out]).toEqual([0, [expect.stringMatching(tokenPattern)]])
    const [token = ''] = added.out
    expect(added.beside).toEqual([expect.stringContaining(`${program.base}/v1`)])
    expect(await modelsOf(program.base, token)).toBe(200)
    const listed = server.run(['client', 'list'])
    await listed.ended
    expect(listed.out[1]).toMatch(new RegExp(`^ci .*…${token.slice(-4)}`))
    const revoked = server.run(['client', 'revoke', 'ci'], server.withFile())
    expect([await revoked.ended, revoked.out]).toEqual([0, []])
    expect(await modelsOf(program.base, token)).toBe(401)
  })

  it('have names of their own and models that exist', async () => {
    const server = aServer()
    await server.aVault()
    await server.run(['client', 'add', 'ci'], server.withFile()).ended
    const refused = [
      ['client', 'add', 'ci'],
      ['client', 'add', 'other', '--models', 'gpt-4o,none'],
      ['client', 'revoke', 'none'],
    ]
    const sentences: string[] = []
    for (const args of refused) {
      const { ended, beside, out } = server.run(args, server.withFile())
      expect([await ended, out]).toEqual([1, []])
      sentences.push(...beside)
    }
    expect(sentences).toEqual([
      expect.stringContaining('“ci” is taken'),
      'There is no model “none”.',
      expect.stringContaining('There is no client “none”'),
    ])
  })

  it('cannot be changed behind the back of a window that has the data folder', async () => {
    const server = aServer()
    await server.aVault()
    const lock = await holdDataFolder(server.folders.data, () => undefined)
    onTestFinished(async () => void (lock.ok && (await lock.release())))
    await writeInstance(server.folders.data, {
      pid: 1,
      origin: 'http://127.0.0.1:1',
      controlToken: 'a-token-of-one-that-is-gone',
    })
    const added = server.run(['client', 'add', 'ci'], server.withFile())
    expect([await added.ended, added.beside[0]]).toEqual([4, expect.stringContaining(`process ${process.pid}`)])
  })
})

describe('its command line', () => {
  it.each([
    [['client']],
    [['client', 'add']],
    [['client', 'add', 'a', 'b']],
    [['client', 'list', 'a']],
    [['client', 'remove', 'a']],
    [['other']],
    [['--unknown']],
    [['--port', 'abc']],
    [['--port', '80']],
    [['client', 'add', '']],
    [['client', 'add', 'a\u0007']],
    [['client', 'add', 'a', '--requests-per-minute', '0']],
    [['client', 'add', 'a', '--tokens-per-day', '1.5']],
  ])('refuses what it does not know, before it touches anything: %j', async (args) => {
    const program = aServer().run(args)
    expect([await program.ended, program.out]).toEqual([2, []])
    expect(program.beside).toHaveLength(1)
  })

  it('explains itself', async () => {
    const program = aServer().run(['--help'])
    expect(await program.ended).toBe(0)
    expect(program.out.join('\n')).toContain('client add NAME')
  })
})
