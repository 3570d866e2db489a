import type { Readable } from 'node:stream'
import { openBrowser } from './open-browser.ts'
import { startBrowserHost, type BrowserHostParts, type Start } from './run.ts'
import { parseStartOptions, type StartOptions } from './start-options.ts'
import { describeRunning, describeStart, onEachLine, readyJson, type Terminal } from './terminal.ts'

/** The browser host as a program: from its arguments to its exit code. */
export interface ServeOptions extends BrowserHostParts {
  args: readonly string[]
  terminal: Terminal
  input: (Readable & { isTTY?: boolean }) | null
  /** Resolves when the person asks to stop. */
  stopped: Promise<void>
}

export async function serveUntilStopped(given: ServeOptions): Promise<number> {
  const { terminal, machine } = given
  const parsed = parseStartOptions(given.args, machine.env)
  if (parsed.kind === 'mistake') {
    terminal.complain(parsed.sentence)
    return 2
  }
  const { options } = parsed
  const start = await startBrowserHost(options, given)
  if (start.kind === 'failed') {
    terminal.complain(start.sentence)
    return 1
  }
  if (start.kind === 'running-already') {
    if (options.json) terminal.say(readyJson(new URL(start.link).origin, start.link))
    else for (const line of describeRunning(start.link, start.pid)) terminal.say(line)
    if (options.open) openBrowser(start.link, machine)
    return 0
  }
  return attend(start, options, given)
}

async function attend(
  start: Extract<Start, { kind: 'serving' }>,
  options: StartOptions,
  { terminal, machine, input, stopped }: ServeOptions,
): Promise<number> {
  const { server } = start
  const { origin } = server
  const sayLink = () => terminal.say(options.json ? readyJson(origin, server.link()) : `  ${server.link()}`)
  if (options.json) sayLink()
  else for (const line of describeStart(server.link())) terminal.say(line)
  if (options.open) openBrowser(server.link(), machine)
  const stopReading = input && (input.isTTY || options.json) ? onEachLine(input, sayLink) : () => undefined
  await stopped
  stopReading()
  await start.close()
  return 0
}
