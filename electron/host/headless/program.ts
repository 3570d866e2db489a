import type { Readable } from 'node:stream'
import { createRouterClient } from '@orpc/server'
import type { AppRouter } from '../../procedures/router.ts'
import type { GatewayStatus } from '../../../shared/gateway.ts'
import type { LockResult } from '../../vault/instance-lock.ts'
import { readInstance } from '../browser/instance-file.ts'
import { startBrowserHost, type Start } from '../browser/run.ts'
import { parseStartOptions } from '../browser/start-options.ts'
import { onEachLine, type Terminal } from '../browser/terminal.ts'
import { findFolders, preparePrivateFolder, type Folders, type Machine } from '../data-folder.ts'
import type { Host } from '../host.ts'
import { parseOrder, usage } from './arguments.ts'
import type { Calls } from './calls.ts'
import { runClientOrder, type ClientOrder } from './client-commands.ts'
import { openVault, type NextPassphrase } from './open-vault.ts'
import { askPassphrase, readPassphraseFile } from './passphrase.ts'
import { exitCodes, Refused } from './refused.ts'
import { connectTo } from './running-instance.ts'

/** `npm run gateway`: the application without a window, from its arguments to its exit code. */
export interface ProgramParts {
  args: readonly string[]
  machine: Machine
  terminal: Terminal
  /** Writes to the terminal without ending the line, and not to the output. */
  prompt: (text: string) => void
  input: Readable & { isTTY?: boolean }
  /** Resolves when the person asks to stop. */
  stopped: Promise<void>
  pageFolder: string
  createHost: (folders: Folders) => Host
  createApp: (host: Host) => Promise<{ router: AppRouter; close: () => Promise<void> }>
  holdDataFolder: (folder: string) => Promise<LockResult>
}

export async function runGatewayProgram(parts: ProgramParts): Promise<number> {
  try {
    const order = parseOrder(parts.args)
    if (order.kind === 'help') for (const line of usage) parts.terminal.say(line)
    else if (order.kind === 'serve') await serve(parts, order.port)
    else await withApplication(parts, order)
    return 0
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    parts.terminal.complain(error.sentence)
    return error.exitCode
  }
}

function passphrases({ machine, input, prompt }: ProgramParts): NextPassphrase {
  const path = machine.env['KEYWHEEL_PASSPHRASE_FILE']
  return async (attempt) => {
    // A file says the same every time: it is asked once.
    if (path) return attempt === 1 ? readPassphraseFile(path, machine.platform) : Promise.reject(wrongInFile)
    if (!input.isTTY) return null
    const typed = await askPassphrase(input, prompt, attempt === 1 ? question : `That is not it. ${question}`)
    if (typed === null) throw new Refused('Stopped.', exitCodes.interrupted)
    return typed
  }
}

const question = 'Passphrase of the vault: '

const wrongInFile = new Refused('The passphrase in KEYWHEEL_PASSPHRASE_FILE is wrong.', exitCodes.notOpened)

async function serve(parts: ProgramParts, port: number | null): Promise<void> {
  const { terminal, machine } = parts
  const parsed = parseStartOptions(['--no-open'], machine.env)
  if (parsed.kind === 'mistake') throw new Refused(parsed.sentence, exitCodes.misused)
  const gateway = { on: true, ...(port !== null && { port }) }
  const start = await startBrowserHost(parsed.options, {
    machine,
    pageFolder: parts.pageFolder,
    holdDataFolder: parts.holdDataFolder,
    createHost: (folders) => ({ ...parts.createHost(folders), gateway }),
    createApp: (host) => openedApplication(parts, host, (status) => say(terminal, status)),
  })
  if (start.kind === 'failed') throw new Refused(start.sentence, start.isInUse ? exitCodes.inUse : exitCodes.failed)
  if (start.kind === 'running-already') {
    const sentence = `Keywheel is already running (process ${start.pid}). Switch its gateway on in its interface, at ${start.link}`
    throw new Refused(sentence, exitCodes.inUse)
  }
  await attend(parts, start)
}

/** The application with its vault open and its gateway on, or nothing of it. */
async function openedApplication(parts: ProgramParts, host: Host, tell: (status: GatewayStatus) => void) {
  const application = await parts.createApp(host)
  try {
    const calls: Calls = createRouterClient(application.router)
    await openVault(calls, passphrases(parts))
    const status = await calls.gateway.status()
    if (status.state.kind !== 'on') throw new Refused(whyNotOn(status))
    tell(status)
    return application
  } catch (error) {
    await application.close()
    throw error
  }
}

function whyNotOn({ state, port }: GatewayStatus): string {
  if (state.kind !== 'port-taken') return `The gateway could not listen on port ${port}.`
  const who = state.holder ?? 'another program, perhaps of another user'
  return `Port ${port} of ${state.address} is taken by ${who}. End that program, or choose another with --port.`
}

function say(terminal: Terminal, { baseUrl, clients }: GatewayStatus) {
  terminal.say(`The gateway answers at ${baseUrl}`)
  terminal.say(
    clients === 0
      ? 'It has no client yet: npm run gateway -- client add NAME prints a token.'
      : `It knows ${clients} ${clients === 1 ? 'client' : 'clients'}.`,
  )
}

async function attend(
  { terminal, input, stopped }: ProgramParts,
  start: Extract<Start, { kind: 'serving' }>,
): Promise<void> {
  const sayLink = () => terminal.say(`  ${start.server.link()}`)
  terminal.say('Its interface is here; the link works once, within a minute:')
  sayLink()
  terminal.say(input.isTTY ? 'Press Enter for a fresh link, Ctrl-C to stop.' : `A fresh one: npm start -- --no-open`)
  const stopReading = input.isTTY ? onEachLine(input, sayLink) : () => undefined
  await stopped
  stopReading()
  await start.close()
}

/** A command about clients is carried out here, or by the application that has the data folder. */
async function withApplication(parts: ProgramParts, order: ClientOrder): Promise<void> {
  const folders = findFolders(parts.machine)
  await preparePrivateFolder(folders.data)
  const lock = await parts.holdDataFolder(folders.data)
  if (!lock.ok) return withRunning(parts, order, folders, lock.holder)
  try {
    const application = await parts.createApp({ ...parts.createHost(folders), gateway: { on: false } })
    try {
      await carryOut(parts, createRouterClient(application.router), order)
    } finally {
      await application.close()
    }
  } finally {
    await lock.release()
  }
}

async function withRunning(
  parts: ProgramParts,
  order: ClientOrder,
  folders: Folders,
  holder: { pid: number; host: string },
): Promise<void> {
  const instance = await readInstance(folders.data)
  const connection = instance && (await connectTo(instance))
  if (!connection) {
    const sentence = `Keywheel is open with this data folder, in process ${holder.pid} on ${holder.host}. Use the Gateway view of its window, or end it first.`
    throw new Refused(sentence, exitCodes.inUse)
  }
  try {
    await carryOut(parts, connection.calls, order)
  } finally {
    await connection.close()
  }
}

async function carryOut(parts: ProgramParts, calls: Calls, order: ClientOrder): Promise<void> {
  // To look at clients that are known needs no passphrase.
  const isKnown = order.kind === 'list' && (await calls.vault.status()).state === 'unlocked'
  if (!isKnown) await openVault(calls, passphrases(parts))
  await runClientOrder(calls, order, parts.terminal)
}
