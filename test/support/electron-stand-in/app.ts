import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { App } from 'electron'
import { startChromium, type Chromium } from './chromium.ts'
import { report } from './report.ts'
import { runtime } from './runtime.ts'
import { notImitated } from './strict.ts'

type Imitated = Pick<
  App,
  | 'setName'
  | 'enableSandbox'
  | 'getVersion'
  | 'getLocale'
  | 'getPreferredSystemLanguages'
  | 'getPath'
  | 'setPath'
  | 'requestSingleInstanceLock'
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'isPackaged'
> & { commandLine: Pick<App['commandLine'], 'hasSwitch' | 'appendSwitch'> }

/** Electron's documentation, app. */
export class StandInApp extends EventEmitter implements Imitated {
  readonly isPackaged = false
  readonly commandLine = {
    hasSwitch: (name: string) => process.argv.some((one) => one.split('=')[0] === `--${name}`),
    /** Chromium's own switches are of no concern here. */
    appendSwitch(_name: string, _value?: string) {},
  }
  #name = 'Electron'
  #userData: string | undefined
  #lockFile: string | undefined
  #ready: Promise<void> | undefined
  #isReady = false

  isReady(): boolean {
    return this.#isReady
  }

  setName(name: string): void {
    this.#name = name
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
  }

  getVersion(): string {
    return runtime.version
  }

  getLocale(): string {
    return this.getPreferredSystemLanguages()[0] ?? 'en-US'
  }

  getPreferredSystemLanguages(): string[] {
    const language = (process.env['LANGUAGE'] ?? process.env['LANG'] ?? '').split(/[.:@]/)[0]!.replace('_', '-')
    return [language === '' || language === 'C' ? 'en-US' : language]
  }

  getPath(name: Parameters<App['getPath']>[0]): string {
    if (name !== 'userData') throw notImitated(`app.getPath('${name}')`)
    return this.#userData ?? join(homedir(), '.config', this.#name)
  }

  setPath(name: string, path: string): void {
    if (name !== 'userData') throw notImitated(`app.setPath('${name}')`)
    if (!existsSync(path)) throw new Error(`app.setPath: the folder does not exist: ${path}`)
    this.#userData = path
  }

  /** The process id in the data folder; the second instance wakes the first one with a signal. */
  requestSingleInstanceLock(): boolean {
    const file = join(this.getPath('userData'), 'stand-in-instance')
    const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
    if (holder > 0 && isAlive(holder)) {
      process.kill(holder, 'SIGUSR2')
      return false
    }
    mkdirSync(this.getPath('userData'), { recursive: true })
    writeFileSync(file, String(process.pid))
    this.#lockFile = file
    process.on('SIGUSR2', () => this.emit('second-instance', {}, [], process.cwd(), null))
    return true
  }

  whenReady(): Promise<void> {
    this.#ready ??= this.#start()
    return this.#ready
  }

  async #start(): Promise<void> {
    const chromium = await startChromium(join(this.getPath('userData'), 'stand-in-profile'), this.getLocale())
    runtime.chromium = chromium
    void this.#exitWith(chromium)
    this.#isReady = true
    report({ event: 'listening', address: chromium.address })
    this.emit('ready')
  }

  async #exitWith(chromium: Chromium): Promise<void> {
    await chromium.devTools.closed
    if (runtime.chromium === chromium) this.exit(1)
  }

  quit(): void {
    let prevented = false
    this.emit('before-quit', { preventDefault: () => void (prevented = true) })
    if (!prevented) this.exit(0)
  }

  exit(code = 0): void {
    const chromium = runtime.chromium
    runtime.chromium = undefined
    if (this.#lockFile !== undefined) rmSync(this.#lockFile, { force: true })
    this.#lockFile = undefined
    if (chromium === undefined) process.exit(process.exitCode ?? code)
    process.exitCode = code
    void chromium.close().finally(() => process.exit(code))
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // No such process.
    return false
  }
}

export const app = new StandInApp()
