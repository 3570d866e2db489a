import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createApp } from '../../app.ts'
import type { Machine } from '../data-folder.ts'
import { readPace } from '../../simulator/pace-setting.ts'
import { holdDataFolder } from '../data-folder-lock.ts'
import { startFailureCode } from '../error-code.ts'
import { createBrowserHost } from './browser-host.ts'
import { serveUntilStopped } from './serve.ts'
import { stopRequested } from './stop-signals.ts'

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

process.exitCode = await serveUntilStopped({
  args: process.argv.slice(2),
  machine,
  terminal,
  input: process.stdin,
  stopped: stop.promise,
  pageFolder: join(import.meta.dirname, '..', 'renderer'),
  createHost: (folders) => createBrowserHost(folders, machine),
  createApp: (host) => createApp(host, { simulatorPace: readPace(process.env) }),
  holdDataFolder: (folder) => holdDataFolder(folder, giveUpFolder),
}).catch(explain)
