import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Command } from './command.ts'
import { parseReport, type Report } from './report.ts'

/** The stand-in as a process of its own, the way a test starts it: what it reports, and every way to end it. */
export interface StandIn {
  readonly pid: number
  /** Where Playwright's connectOverCDP finds the window's browser; waits until the application is ready. */
  address(): Promise<string>
  readonly reports: readonly Report[]
  /** The first report of this kind, now or when it comes. */
  next<E extends Report['event']>(event: E): Promise<Extract<Report, { event: E }>>
  /** The application's own lines on standard output. */
  readonly lines: readonly string[]
  nextLine(matching: (line: string) => boolean): Promise<string>
  readonly complaints: () => string
  readonly ended: Promise<number | null>
  /** The last report of this kind for which this holds, now or when it comes. */
  last<E extends Report['event']>(event: E, holds: (report: Extract<Report, { event: E }>) => boolean): Promise<unknown>
  /** Does something outside of the page. */
  tell(command: Command): void
  /** As a person or the system asks it to quit. */
  quit(): Promise<number | null>
  /** As a crash ends it. */
  kill(): Promise<void>
}

const program = new URL('./run.ts', import.meta.url).pathname

export function startStandIn(appFolder: string, env: NodeJS.ProcessEnv): StandIn {
  const child = spawn(process.execPath, [program, appFolder], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  const reports: Report[] = []
  const lines: string[] = []
  const watchers = new Set<() => void>()
  let complaints = ''
  const ended = once(child, 'close').then(([code]) => code as number | null)
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  createInterface(child.stdout).on('line', (line) => {
    const report = parseReport(line)
    if (report) reports.push(report)
    else lines.push(line)
    for (const check of watchers) check()
  })

  function find<T>(what: string, look: () => T | undefined): Promise<T> {
    const found = Promise.withResolvers<T>()
    const check = () => {
      const value = look()
      if (value !== undefined) found.resolve(value)
    }
    watchers.add(check)
    check()
    const tooEarly = ended.then((code) => {
      throw new Error(`The stand-in ended (${code}) without ${what}:\n${lines.join('\n')}\n${complaints}`)
    })
    return Promise.race([found.promise, tooEarly]).finally(() => watchers.delete(check))
  }

  const next = <E extends Report['event']>(event: E) =>
    find(event, () => reports.find((report): report is Extract<Report, { event: E }> => report.event === event))

  return {
    pid: child.pid!,
    reports,
    lines,
    ended,
    next,
    last: (event, holds) =>
      find(`a report of ${event}`, () => {
        const report = reports.findLast((one): one is never => one.event === event)
        return report !== undefined && holds(report) ? report : undefined
      }),
    tell: (command) => void child.stdin.write(`${JSON.stringify(command)}\n`),
    address: async () => (await next('listening')).address,
    nextLine: (matching) => find('the expected line', () => lines.find(matching)),
    complaints: () => complaints,
    async quit() {
      child.kill('SIGTERM')
      return ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
