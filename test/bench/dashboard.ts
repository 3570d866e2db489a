import process from 'node:process'
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test'
import { chromiumFlags, chromiumPath } from '../support/chromium.ts'
import { leave, openBenchPage } from './bench-page.ts'
import type { Bench, Figure } from './figure.ts'
import { heapMegabytes, longestTaskMs, measurePage, openingMs } from './page-load.ts'

/** The rings are full, and the window of a minute is, before anything is measured. */
const warmMs = 80_000
const measuredMs = 30_000
const tracedMs = 10_000
const settleMs = 15_000
/** How long the heap is watched; none for a quick look at the rest. */
const heapMinutes = Number(process.env['KEYWHEEL_HEAP_MINUTES'] ?? 5)
const heapEveryMs = 15_000

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
  const opened = await openBenchPage(browser, { keys: 20, attemptsPerSecond: 0 })
  const { busyShare } = await measurePage(opened.page, opened.cdp, measuredMs / 3)
  yield { name: 'dashboard main thread, nothing to tell', value: busyShare * 100, unit: '%', goal: { atMost: 35 } }
  await opened.close()
}

async function* busyFigures(browser: Browser): AsyncGenerator<Figure> {
  const opened = await openBenchPage(browser, { keys: 20, attemptsPerSecond: 1_000 })
  const { page, cdp } = opened
  await page.waitForTimeout(warmMs)
  const { busyShare, framesPerSecond } = await measurePage(page, cdp, measuredMs)
  yield { name: 'dashboard main thread, 1000 attempts/s', value: busyShare * 100, unit: '%', goal: { atMost: 35 } }
  yield { name: 'dashboard frames', value: framesPerSecond, unit: '/s', goal: { atLeast: 10 } }
  const longest = await longestTaskMs(browser, page, () => page.waitForTimeout(tracedMs))
  yield { name: 'dashboard longest task', value: longest, unit: 'ms', goal: { atMost: 50 } }
  await leave(page)
  const opening = await openingMs(page, 'dashboard', '[data-testid=lanes]')
  yield { name: 'dashboard opening', value: opening, unit: 'ms', goal: { atMost: 300 } }
  if (heapMinutes > 0) yield* heapFigures(page, cdp)
  await opened.close()
}

/** The first and the last minute of the time that it is watched, each as the mean of its samples. */
async function* heapFigures(page: Page, cdp: CDPSession): AsyncGenerator<Figure> {
  const samples = [await heapMegabytes(cdp)]
  for (let waitedMs = 0; waitedMs < heapMinutes * 60_000; waitedMs += heapEveryMs) {
    await page.waitForTimeout(heapEveryMs)
    samples.push(await heapMegabytes(cdp))
  }
  const minute = Math.max(1, Math.min(60_000 / heapEveryMs, Math.floor(samples.length / 2)))
  const before = mean(samples.slice(0, minute))
  const after = mean(samples.slice(-minute))
  const name = `dashboard heap over ${heapMinutes} min`
  const spread = [Math.min(...samples), Math.max(...samples)] as const
  yield { name, value: after, unit: 'MB', goal: { atMost: before * 1.05 }, spread }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

async function* manyKeysFigures(browser: Browser): AsyncGenerator<Figure> {
  const opened = await openBenchPage(browser, { keys: 100, attemptsPerSecond: 1_000 })
  const { page, cdp } = opened
  await page.waitForTimeout(settleMs)
  const { busyShare } = await measurePage(page, cdp, measuredMs)
  yield { name: 'dashboard main thread, 100 keys', value: busyShare * 100, unit: '%', goal: { atMost: 35 } }
  await page.getByRole('button', { name: 'Time range' }).click()
  await page.getByRole('menuitem', { name: 'Last 24 h' }).click()
  const longest = await longestTaskMs(browser, page, () => page.waitForTimeout(tracedMs))
  yield { name: 'dashboard longest task, 100 keys over 24 h', value: longest, unit: 'ms', goal: { atMost: 50 } }
  await opened.close()
}
