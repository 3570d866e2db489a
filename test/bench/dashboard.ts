import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test'
import { chromiumFlags, chromiumPath } from '../support/chromium.ts'
import type { Bench, Figure } from './figure.ts'
import { heapMegabytes, longestTaskMs, measurePage, watchPage } from './page-load.ts'
import { startSyntheticMain } from './synthetic-main.ts'

/** The rings are full, and the window of a minute is, before anything is measured. */
const warmMs = 150_000
const measuredMs = 30_000
const tracedMs = 10_000
/** Five minutes in all, of which the first fills what has a bound. */
const growingMs = 150_000
const settleMs = 1_500

interface Opened {
  page: Page
  cdp: CDPSession
  close(): Promise<void>
}

/** The dashboard before a main process that tells of so many attempts; times are the processor's, in the page's thread. */
export const figures: Bench = async function* () {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] })
  try {
    yield* idleFigures(browser)
    yield* busyFigures(browser)
    yield* manyKeysFigures(browser)
  } finally {
    await browser.close()
  }
}

async function* idleFigures(browser: Browser): AsyncGenerator<Figure> {
  const opened = await open(browser, { keys: 20, attemptsPerSecond: 0 })
  const { busyShare } = await measurePage(opened.page, opened.cdp, measuredMs)
  yield { name: 'dashboard main thread, nothing to tell', value: busyShare * 100, unit: '%', goal: { atMost: 35 } }
  await opened.close()
}

async function* busyFigures(browser: Browser): AsyncGenerator<Figure> {
  const opened = await open(browser, { keys: 20, attemptsPerSecond: 1_000 })
  const { page, cdp } = opened
  await page.waitForTimeout(warmMs)
  const { busyShare, framesPerSecond } = await measurePage(page, cdp, measuredMs)
  yield { name: 'dashboard main thread, 1000 attempts/s', value: busyShare * 100, unit: '%', goal: { atMost: 35 } }
  yield { name: 'dashboard frames', value: framesPerSecond, unit: '/s', goal: { atLeast: 10 } }
  const longest = await longestTaskMs(browser, page, tracedMs)
  yield { name: 'dashboard longest task', value: longest, unit: 'ms', goal: { atMost: 50 } }
  yield { name: 'dashboard opening', value: await openingMs(page), unit: 'ms', goal: { atMost: 300 } }
  const before = await heapMegabytes(cdp)
  await page.waitForTimeout(growingMs)
  const grown = (await heapMegabytes(cdp)) / before
  yield { name: 'dashboard heap, after to before', value: grown, unit: '×', goal: { atMost: 1.1 } }
  await opened.close()
}

async function* manyKeysFigures(browser: Browser): AsyncGenerator<Figure> {
  const opened = await open(browser, { keys: 100, attemptsPerSecond: 1_000 })
  const { page, cdp } = opened
  await page.waitForTimeout(settleMs * 10)
  const { busyShare } = await measurePage(page, cdp, measuredMs)
  yield { name: 'dashboard main thread, 100 keys', value: busyShare * 100, unit: '%', goal: { atMost: 35 } }
  await page.getByRole('button', { name: 'Time range' }).click()
  await page.getByRole('menuitem', { name: 'Last 24 h' }).click()
  const longest = await longestTaskMs(browser, page, tracedMs)
  yield { name: 'dashboard longest task, 100 keys over 24 h', value: longest, unit: 'ms', goal: { atMost: 50 } }
  await opened.close()
}

async function open(browser: Browser, load: { keys: number; attemptsPerSecond: number }): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'keywheel-bench-'))
  const main = await startSyntheticMain({ folder, ...load })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await watchPage(page)
  await page.goto(main.link())
  await page.getByTestId('lanes').waitFor()
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.waitForTimeout(settleMs)
  return {
    page,
    cdp,
    async close() {
      await page.context().close()
      await main.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** From another view to the first drawn lanes, in the page's own time. */
async function openingMs(page: Page): Promise<number> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  await page.waitForTimeout(settleMs)
  return page.evaluate<number>(`new Promise((resolve) => {
    const began = performance.now()
    const look = () => requestAnimationFrame(() =>
      document.querySelector('[data-testid=lanes]') ? resolve(performance.now() - began) : look())
    location.hash = '#/dashboard'
    look()
  })`)
}
