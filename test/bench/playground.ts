import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { chromium, type Browser, type Page } from '@playwright/test'
import { startBrowserHost } from '../e2e/support/browser-host.ts'
import { envFor, goTo, importOnFirstRun, send, takeImport } from '../e2e/support/keywheel.ts'
import { chromiumFlags, chromiumPath } from '../support/chromium.ts'
import type { Bench, Figure } from './figure.ts'
import { longestTaskMs, watchPage } from './page-load.ts'
import { startPacedUpstream } from './paced-upstream.ts'

const root = join(import.meta.dirname, '..', '..')
const tokens = 10_000
const tokensPerSecond = 200
const panes = 4
const loadMs = 90_000
/** The first words have come, and typing begins. */
const settleMs = 2_000
const keystrokeEveryMs = 400

/** The built application in Chromium, whose provider streams long answers at a steady pace while somebody types. */
export const figures: Bench = async function* () {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] })
  const folder = await mkdtemp(join(tmpdir(), 'keywheel-bench-'))
  const upstream = await startPacedUpstream({ tokens, tokensPerSecond })
  const env = { ...process.env, HOME: folder, KEYWHEEL_DATA: join(folder, 'data') }
  const size = { width: 1280, height: 800 }
  const host = await startBrowserHost({ root, env, size, language: 'en', theme: 'light' }, browser)
  try {
    const { page } = host
    page.setDefaultTimeout(loadMs)
    await watchPage(page)
    // The page that opened the link keeps what it got for it; a page loaded again before that would have nothing.
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.reload()
    await importOnFirstRun(page, envFor(upstream.url, ['sk-for-the-bench-of-the-playground-0001']))
    await takeImport(page)
    await goTo(page, 'Playground')
    yield* measure(browser, page, 'playground, one answer')
    await page.getByRole('button', { name: 'New conversation' }).click()
    for (let pane = 1; pane < panes; pane += 1) await page.getByRole('button', { name: 'Compare' }).click()
    yield* measure(browser, page, 'playground, four answers')
  } finally {
    await host.quit()
    await upstream.close()
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function* measure(browser: Browser, page: Page, name: string): AsyncGenerator<Figure> {
  await watchTyping(page)
  await send(page, 'Tell me everything')
  await page.waitForTimeout(settleMs)
  await page.evaluate('void (benchFrames = 0)')
  const beganMs = performance.now()
  const longest = await longestTaskMs(browser, page, () => typeUntilDone(page))
  const frames = (await page.evaluate<number>('benchFrames')) / ((performance.now() - beganMs) / 1_000)
  const typed = (await page.evaluate<number[]>('benchTyped')).toSorted((a, b) => a - b)
  yield { name: `${name}: longest task`, value: longest, unit: 'ms', goal: { atMost: 50 } }
  yield {
    name: `${name}: a letter to its frame, 99 of 100`,
    value: typed[Math.ceil(typed.length * 0.99) - 1] ?? Number.NaN,
    unit: 'ms',
    goal: { atMost: 50 },
    spread: [typed[0] ?? Number.NaN, typed.at(-1) ?? Number.NaN],
  }
  yield { name: `${name}: frames`, value: frames, unit: '/s', goal: { atLeast: 30 } }
}

async function typeUntilDone(page: Page): Promise<void> {
  // Looked for where they are: to look through four long answers would be work of the page's own thread.
  const composer = page.locator('[data-composer]')
  const field = composer.getByLabel('Message', { exact: true })
  const stop = composer.getByRole('button', { name: 'Stop' })
  while (await stop.isVisible()) {
    await field.press('a')
    await page.waitForTimeout(keystrokeEveryMs)
  }
  await field.fill('')
}

/** From a letter typed to the end of the frame that shows it. */
const watchTyping = (page: Page): Promise<unknown> =>
  page.evaluate(`
    window.benchTyped = []
    window.benchTyping ??= document.addEventListener('input', ({ timeStamp }) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => benchTyped.push(performance.now() - timeStamp)
      port2.postMessage(null)
    }), true) ?? true
  `)
