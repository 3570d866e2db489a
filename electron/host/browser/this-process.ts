import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { Folders, Machine } from '../data-folder.ts'
import { holdDataFolder } from '../data-folder-lock.ts'
import { startFailureCode } from '../error-code.ts'
import { createBrowserHost } from './browser-host.ts'
import { stopRequested } from './stop-signals.ts'

const machine: Machine = { platform: process.platform, env: process.env, homeFolder: homedir() }
const terminal = { say: (line: string) => console.log(line), complain: (line: string) => console.error(line) }

/** What a program without Electron finds when it starts: the machine, the terminal, the built page, the data folder. */
export function thisProcess() {
  const stop = Promise.withResolvers<void>()
  void stopRequested().then(stop.resolve)

  function giveUpFolder() {
    terminal.complain('Another machine has opened the data folder; Keywheel stops here, to keep it whole.')
    stop.resolve()
  }

  return {
    args: process.argv.slice(2),
    machine,
    terminal,
    input: process.stdin,
    stopped: stop.promise,
    // Built, this is a file of dist/main/.
    pageFolder: join(import.meta.dirname, '..', 'renderer'),
    createHost: (folders: Folders) => createBrowserHost(folders, machine),
    holdDataFolder: (folder: string) => holdDataFolder(folder, giveUpFolder),
  }
}

/** The exit code of a program that could not start. */
export function couldNotStart(error: unknown): number {
  terminal.complain(`Keywheel could not start (${startFailureCode(error)}).`)
  return 1
}
