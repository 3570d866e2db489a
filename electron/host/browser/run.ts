import { randomBytes } from 'node:crypto'
import type { AnyRouter } from '@orpc/server'
import { findFolders, preparePrivateFolder, type Folders, type Machine } from '../data-folder.ts'
import type { LockResult } from '../../vault/instance-lock.ts'
import { errorCode } from '../error-code.ts'
import type { Host } from '../host.ts'
import { readPageFiles } from '../page-files.ts'
import { systemClock } from '../../rotation/system-clock.ts'
import { askForLink, readInstance, writeInstance } from './instance-file.ts'
import { findPortHolder } from '../../loopback/port-holder.ts'
import { startBrowserServer, type BrowserServer } from './server.ts'
import type { StartOptions } from './start-options.ts'

/** One process at a time opens a data folder; a second start leads to the one that has it. */
export interface BrowserHostParts {
  machine: Machine
  /** The built page. */
  pageFolder: string
  createHost(folders: Folders): Host
  createApp(host: Host): Promise<Application>
  /** Takes the data folder for this process, or says who has it. */
  holdDataFolder(dataFolder: string): Promise<LockResult>
}

export interface Application {
  router: AnyRouter
  close(): Promise<void>
}

interface Failed {
  readonly kind: 'failed'
  readonly sentence: string
  /** Another process has the data folder. */
  readonly isInUse: boolean
}

export type Start =
  | { readonly kind: 'serving'; readonly server: BrowserServer; close(): Promise<void> }
  | { readonly kind: 'running-already'; readonly link: string; readonly pid: number }
  | Failed

export async function startBrowserHost(options: StartOptions, parts: BrowserHostParts): Promise<Start> {
  const folders = findFolders(parts.machine)
  await preparePrivateFolder(folders.data)
  const lock = await parts.holdDataFolder(folders.data)
  if (!lock.ok) return findRunning(folders.data, lock.holder)
  try {
    const application = await parts.createApp(parts.createHost(folders))
    const started = await serve(options, parts, folders, application)
    if (started.kind === 'failed') {
      await application.close()
      await lock.release()
      return started
    }
    return {
      kind: 'serving',
      server: started.server,
      async close() {
        await started.close()
        await application.close()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

type Served = Exclude<Start, { kind: 'running-already' }>

async function serve(
  { port }: StartOptions,
  { pageFolder }: BrowserHostParts,
  folders: Folders,
  { router }: Application,
): Promise<Served> {
  const controlToken = randomBytes(32).toString('base64url')
  const files = await readPageFiles(pageFolder)
  try {
    const server = await startBrowserServer({
      router,
      files,
      port,
      clock: systemClock,
      random: randomBytes,
      controlToken,
    })
    const removeInstance = await writeInstance(folders.data, { pid: process.pid, origin: server.origin, controlToken })
    return {
      kind: 'serving',
      server,
      async close() {
        await removeInstance()
        await server.close()
      },
    }
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EADDRINUSE') return failed(await describeTakenPort(port))
    if (code === 'EACCES')
      return failed(`This user may not listen on port ${port}. Choose one above 1023 with KEYWHEEL_PORT.`)
    throw error
  }
}

const failed = (sentence: string, isInUse = false): Failed => ({ kind: 'failed', sentence, isInUse })

async function describeTakenPort(port: number): Promise<string> {
  const holder = await findPortHolder(port)
  const who = holder ? `${holder.program} (process ${holder.pid})` : 'another program, perhaps of another user'
  return `Port ${port} is taken by ${who}. End that program, or choose another port with KEYWHEEL_PORT=${port + 1} npm start.`
}

async function findRunning(dataFolder: string, holder: { pid: number; host: string }): Promise<Start> {
  const instance = await readInstance(dataFolder)
  const link = instance && (await askForLink(instance))
  if (instance && link) return { kind: 'running-already', link, pid: instance.pid }
  const who = `process ${holder.pid} on ${holder.host}`
  return failed(`Keywheel is already open with this data folder, in ${who}. Use its window, or end it first.`, true)
}
