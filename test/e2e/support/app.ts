import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { test as base, type Browser, type Page, type TestInfo } from '@playwright/test'
import type { StandIn } from '../../support/electron-stand-in/start.ts'
import { chromiumFlags, chromiumPath } from '../../support/chromium.ts'
import { startBrowserHost } from './browser-host.ts'
import { startElectronStandIn } from './electron-stand-in.ts'
import { startElectron } from './electron.ts'
import type { HostStart, RunningHost } from './running-host.ts'

/**
 * Each test has the application to itself, on a data folder of its own, in whichever host its project names. A test
 * fails when the page logged an error, broke a policy (scripts, styles, Trusted Types), threw, or left a rejection
 * unhandled, and when main complained, unless the test says that it causes just that (`tolerate`).
 */
export interface AppOptions {
  host: 'browser-host' | 'electron-stand-in' | 'electron'
  /** What the system speaks; the application's own setting is not touched. */
  language: HostStart['language']
  /** What the system prefers. */
  theme: HostStart['theme']
  size: HostStart['size']
  /** More environment for the application's process. */
  environment: Readonly<Record<string, string>>
}

export interface App {
  /** The window, or the tab. After `restart` it is another one. */
  readonly page: Page
  readonly host: AppOptions['host']
  readonly dataFolder: string
  /** What is around the page; only in the stand-in. */
  readonly desktop: StandIn
  /** Quits and starts again on the same data, or on what was made of it between the two. */
  restart(between?: () => Promise<void>): Promise<Page>
  /** Ends the process without warning and starts again on the same data. */
  crashAndRestart(): Promise<Page>
  /** What went wrong so far. */
  complaints(): readonly string[]
  /** Errors that this test provokes on purpose. */
  tolerate(pattern: RegExp): void
  /** Keeps a picture as test-results/screenshots/NAME-HOST.png. */
  screenshot(name: string): Promise<void>
}

type BrowserForHost = () => Promise<Browser>

const starters: Record<AppOptions['host'], (start: HostStart, browser: BrowserForHost) => Promise<RunningHost>> = {
  'browser-host': async (start, browser) => startBrowserHost(start, await browser()),
  'electron-stand-in': startElectronStandIn,
  electron: startElectron,
}

/** Where package.json and dist/ lie: this repository, or a built copy of it. */
const root = process.env['KEYWHEEL_E2E_APP'] ?? join(import.meta.dirname, '..', '..', '..')

export const test = base.extend<AppOptions & { app: App; page: Page }, { hostBrowser: BrowserForHost }>({
  host: ['browser-host', { option: true }],
  language: ['en', { option: true }],
  theme: ['light', { option: true }],
  size: [{ width: 1280, height: 832 }, { option: true }],
  environment: [{}, { option: true }],

  hostBrowser: [
    async ({ playwright }, provide) => {
      let launched: Promise<Browser> | undefined
      await provide(() => {
        launched ??= playwright.chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] })
        return launched
      })
      await (await launched)?.close()
    },
    { scope: 'worker' },
  ],

  app: async ({ host, language, theme, size, environment, hostBrowser }, provide, testInfo) => {
    const folder = await mkdtemp(join(tmpdir(), 'keywheel-e2e-'))
    const dataFolder = join(folder, 'data')
    const start: HostStart = { root, language, theme, size, env: environmentOf(folder, language, environment) }
    const started = await createStartedApp(host, dataFolder, testInfo, () => starters[host](start, hostBrowser))
    await provide(started.app)
    await started.finish()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },

  page: async ({ app }, provide) => provide(app.page),
})

export { expect } from '@playwright/test'

/** Nothing of the machine's own settings reaches the application: no home, no data folder, no proxy. */
function environmentOf(folder: string, language: HostStart['language'], more: AppOptions['environment']) {
  const posix = `${language === 'en' ? 'en_GB' : 'zh_CN'}.UTF-8`
  const { PATH, DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR } = process.env
  const inherited = { PATH, DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR }
  return { ...inherited, HOME: folder, LANG: posix, LANGUAGE: posix, KEYWHEEL_DATA: join(folder, 'data'), ...more }
}

async function createStartedApp(
  host: AppOptions['host'],
  dataFolder: string,
  testInfo: TestInfo,
  start: () => Promise<RunningHost>,
) {
  let running = await start()
  const complaints: string[] = []
  const tolerated: RegExp[] = []

  const end = async (how: 'quit' | 'kill') => {
    complaints.push(...running.complaints())
    await running[how]()
  }
  const again = async () => {
    running = await start()
    return running.page
  }

  const app: App = {
    get page() {
      return running.page
    },
    host,
    dataFolder,
    get desktop() {
      if (running.desktop === undefined) throw new Error('only the stand-in has a desktop that a test can touch')
      return running.desktop
    },
    restart: async (between) => {
      await end('quit')
      await between?.()
      return again()
    },
    crashAndRestart: () => end('kill').then(again),
    complaints: () => [...complaints, ...running.complaints()],
    tolerate: (pattern) => void tolerated.push(pattern),
    async screenshot(name) {
      const folder = join(testInfo.project.outputDir, 'screenshots')
      await mkdir(folder, { recursive: true })
      await running.page.screenshot({ path: join(folder, `${name}-${host}.png`) })
    },
  }

  async function finish() {
    if (testInfo.status !== testInfo.expectedStatus) await attachPicture(running.page, testInfo)
    await end('quit')
    const unexpected = complaints.filter((line) => !tolerated.some((pattern) => pattern.test(line)))
    if (unexpected.length > 0) throw new Error(`The page or main went wrong:\n${unexpected.join('\n')}`)
  }
  return { app, finish }
}

async function attachPicture(page: Page, testInfo: TestInfo): Promise<void> {
  try {
    await testInfo.attach('page', { body: await page.screenshot({ timeout: 2_000 }), contentType: 'image/png' })
  } catch {
    // The page may be what went wrong; the test's own failure says so.
  }
}
