import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Whether the desktop window can be had here. Whatever stands against it is one plain sentence, never a stack. */
export interface Desktop {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isRoot: boolean
}

export type ElectronRun =
  | { readonly kind: 'ran'; readonly exitCode: number }
  | { readonly kind: 'not'; readonly because: string }

/** An Electron that ends sooner than this with an error never showed its window. */
const earlyExitMs = 4_000

/** Where the binary lies, also when it does not; asking the `electron` package itself would start a download. */
export function electronBinary(root: string, { platform, env }: Pick<Desktop, 'platform' | 'env'>): string {
  // Set to nothing is not set: an empty path would mean the folder that we happen to be in.
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH'] || join(root, 'node_modules', 'electron', 'dist')
  const names: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
    win32: 'electron.exe',
  }
  return join(folder, names[platform] ?? 'electron')
}

/** Why Electron is not even tried, or null. */
export function whyNoElectron(root: string, desktop: Desktop): string | null {
  const { platform, env, isRoot } = desktop
  if (!existsSync(electronBinary(root, desktop))) return `its binary ${whyNoBinary(root, env)}`
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no display'
  if (platform === 'linux' && isRoot) return 'its sandbox does not work for root'
  return null
}

function whyNoBinary(root: string, env: Desktop['env']): string {
  if (env['ELECTRON_OVERRIDE_DIST_PATH']) return 'is not in ELECTRON_OVERRIDE_DIST_PATH'
  try {
    const note = readFileSync(join(root, 'node_modules', '.keywheel-electron.json'), 'utf8')
    return note.includes('too-slow') ? 'did not arrive in 10 seconds' : 'could not be downloaded'
  } catch {
    // Nothing was noted: whoever installed the packages did not try.
    return 'is not installed'
  }
}

export interface ElectronStart {
  binary: string
  root: string
  env: Desktop['env']
  /** Milliseconds that only go forward. */
  nowMs: () => number
}

/** Runs Electron to its end. Ctrl-C reaches it by itself, because it shares our terminal; other signals are passed on. */
export function runElectron({ binary, root, env, nowMs }: ElectronStart): Promise<ElectronRun> {
  return new Promise((resolve) => {
    const startedAtMs = nowMs()
    const child = spawn(binary, [root], { cwd: root, env: { ...env }, stdio: ['ignore', 'inherit', 'pipe'] })
    let complaints = ''
    child.stderr.setEncoding('utf8').on('data', (part: string) => (complaints = (complaints + part).slice(-8192)))
    const passOn = (signal: NodeJS.Signals) => void child.kill(signal)
    const stay = () => undefined
    process.on('SIGINT', stay).on('SIGTERM', passOn).on('SIGHUP', passOn)
    const finish = (run: ElectronRun) => {
      process.off('SIGINT', stay).off('SIGTERM', passOn).off('SIGHUP', passOn)
      resolve(run)
    }
    child.on('error', () => finish({ kind: 'not', because: 'its binary cannot be run on this machine' }))
    child.on('close', (code, signal) => {
      const isEarly = nowMs() - startedAtMs < earlyExitMs
      const wasAsked = code === 0 || signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP'
      if (isEarly && !wasAsked) finish({ kind: 'not', because: describeEarlyExit(code, signal, complaints) })
      else finish({ kind: 'ran', exitCode: code ?? 0 })
    })
  })
}

function describeEarlyExit(code: number | null, signal: NodeJS.Signals | null, complaints: string): string {
  const library = /error while loading shared libraries: ([\w.+-]+)/.exec(complaints)?.[1]
  if (library) return `it misses the system library ${library}`
  return signal ? `it ended at once (${signal})` : `it ended at once with code ${code}`
}
