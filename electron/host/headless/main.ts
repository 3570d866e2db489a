import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createApp } from '../../app.ts'
import { createBrowserHost } from '../browser/browser-host.ts'
import { stopRequested } from '../browser/stop-signals.ts'
import type { Machine } from '../data-folder.ts'
import { holdDataFolder } from '../data-folder-lock.ts'
import { startFailureCode } from '../error-code.ts'
import { runGatewayProgram } from './program.ts'

const machine: Machine = { platform: process.platform, env: process.env, homeFolder: homedir() }
const terminal = { say: (line: string) => console.log(line), complain: (line: string) => console.error(line) }

const stop = Promise.withResolvers<void>()
void stopRequested().then(stop.resolve)

function giveUpFolder() {
  terminal.complain('Another machine has opened the data folder; Keywheel stops here, to keep it whole.')
  stop.resolve()
}

function explain(error: unknown): number {
  terminal.complain(`Keywheel could not start (${startFailureCode(error)}).`)
  return 1
}

process.exitCode = await runGatewayProgram({
  args: process.argv.slice(2),
  machine,
  terminal,
  prompt: (text) => void process.stderr.write(text),
  input: process.stdin,
  stopped: stop.promise,
  pageFolder: join(import.meta.dirname, '..', 'renderer'),
  createHost: (folders) => createBrowserHost(folders, machine),
  createApp: (host) => createApp(host),
  holdDataFolder: (folder) => holdDataFolder(folder, giveUpFolder),
}).catch(explain)
