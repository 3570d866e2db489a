/** A page of the real application before the synthetic main process, as the benches measure it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, CDPSession, Page } from '@playwright/test'
import { watchPage } from './page-load.ts'
import { startSyntheticMain } from './synthetic-main.ts'

export interface BenchPage {
  page: Page
  cdp: CDPSession
  close(): Promise<void>
}

interface BenchLoad {
  keys: number
  attemptsPerSecond: number
  /** Puts a journal into the folder before anything reads it. */
  prepare?: (folder: string) => Promise<void>
}

const settleMs = 1_500

export async function openBenchPage(browser: Browser, { prepare, ...load }: BenchLoad): Promise<BenchPage> {
  const folder = await mkdtemp(join(tmpdir(), 'keywheel-bench-'))
  await prepare?.(folder)
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

/** To another view, so that the next opening is one. */
export async function leave(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  await page.waitForTimeout(settleMs)
}
