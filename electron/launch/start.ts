import { homedir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { askForLink, readInstance } from '../host/browser/instance-file.ts'
import { openBrowser } from '../host/browser/open-browser.ts'
import { parseStartOptions } from '../host/browser/start-options.ts'
import { describeRunning } from '../host/browser/terminal.ts'
import { findFolders, type Machine } from '../host/data-folder.ts'
import { startFailureCode } from '../host/error-code.ts'
import { become } from './become.ts'
import { buildWhenStale } from './build.ts'
import { electronBinary, runElectron, whyNoElectron } from './electron-program.ts'

const root = join(import.meta.dirname, '..', '..')

/** `npm start` opens the application: the one that runs already, else Electron's window, else the browser host. Returns the exit code. */
async function start(): Promise<number> {
  const machine: Machine = { platform: process.platform, env: process.env, homeFolder: homedir() }
  const args = process.argv.slice(2)
  const parsed = parseStartOptions(args, machine.env)
  if (parsed.kind === 'mistake') return fail(parsed.sentence, 2)
  if (!parsed.options.json && (await showRunning(machine, parsed.options.open))) return 0

  const outcome = await buildWhenStale(root, () => console.log('Building Keywheel.'))
  if (outcome.kind === 'failed') return fail(`${outcome.output}\nKeywheel could not be built (see above).`, 1)

  if (!args.includes('--browser')) {
    const run = await openWindow(machine)
    if (run.kind === 'ran') return run.exitCode
    console.log(`No desktop window: Electron was not started, because ${run.because}.`)
  }
  return become(root, 'browser.js', args)
}

function fail(sentence: string, exitCode: number): number {
  console.error(sentence)
  return exitCode
}

async function showRunning(machine: Machine, open: boolean): Promise<boolean> {
  const instance = await readInstance(findFolders(machine).data)
  const link = instance && (await askForLink(instance))
  if (!instance || !link) return false
  for (const line of describeRunning(link, instance.pid)) console.log(line)
  if (open) openBrowser(link, machine)
  return true
}

function openWindow({ platform, env }: Machine) {
  const because = whyNoElectron(root, { platform, env, isRoot: process.getuid?.() === 0 })
  if (because !== null) return { kind: 'not' as const, because }
  const binary = electronBinary(root, { platform, env })
  return runElectron({ binary, root, env, nowMs: () => performance.now() })
}

const explain = (error: unknown) => fail(`Keywheel could not start (${startFailureCode(error)}).`, 1)

process.exitCode = await start().catch(explain)
