import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { chromium, type Browser, type Page } from '@playwright/test'
import { chromiumFlags, chromiumPath } from '../support/chromium.ts'
import { startBrowserHost } from '../e2e/support/browser-host.ts'
import { goTo, importOnFirstRun, takeImport } from '../e2e/support/keywheel.ts'
import { atMost, type Bench, type Figure } from './figure.ts'
import { longestTaskMs } from './page-load.ts'

const root = join(import.meta.dirname, '..', '..')
const modelCount = 1_000
/** Every model has some keys, and one has so many that its table scrolls as far as the list does. */
const smallModelKeys = 9
const bigModelKeys = 10_000 - (modelCount - 1) * smallModelKeys
const rounds = 7
const scrollMs = 3_000
const loadMs = 60_000
/** A person looks at a page before going on from it. */
const settleMs = 1_500

/** Models & keys of the built application in Chromium, with a vault of 1,000 models and 10,000 keys. */
export const figures: Bench = async function* () {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] })
  const folder = await mkdtemp(join(tmpdir(), 'keywheel-bench-'))
  const env = { ...process.env, HOME: folder, KEYWHEEL_DATA: join(folder, 'data') }
  const size = { width: 1280, height: 800 }
  const host = await startBrowserHost({ root, env, size, language: 'en', theme: 'light' }, browser)
  try {
    host.page.setDefaultTimeout(loadMs)
    await fill(host.page)
    yield* measure(browser, host.page)
  } finally {
    await host.quit()
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function fill(page: Page): Promise<void> {
  await importOnFirstRun(page, manyModels())
  await takeImport(page)
  await page.reload()
  await goTo(page, 'Settings')
  await page.waitForTimeout(settleMs)
}

function manyModels(): string {
  const keysOf = (model: number) =>
    Array.from(
      { length: model === 0 ? bigModelKeys : smallModelKeys },
      (_, key) => `sk-bench-${model}-${key}-${'k'.repeat(20)}`,
    )
  const models = Array.from({ length: modelCount }, (_, model) => [
    `bench/model-${model}`,
    { api_key: keysOf(model), api_base: `https://api-${model % 20}.example.com/v1` },
  ])
  return `LLM_MODEL_CONFIGS='${JSON.stringify(Object.fromEntries(models))}'\n`
}

async function* measure(browser: Browser, page: Page): AsyncGenerator<Figure> {
  yield { name: 'editors first opening', value: await openingMs(page), unit: 'ms', goal: { atMost: 300 } }
  yield atMost('editors opening', 'ms', 300, await repeated(() => reopeningMs(page)))
  yield atMost('editors filter, a letter', 'ms', 50, await filterMs(page))
  yield await scrollFigure(browser, page, 'editors scrolling models, longest task', '[aria-label="Models"]')
  yield await scrollFigure(browser, page, 'editors scrolling keys, longest task', 'main table')
}

async function repeated(measureOnce: () => Promise<number>): Promise<number[]> {
  const values: number[] = []
  for (let round = 0; round < rounds; round += 1) values.push(await measureOnce())
  return values
}

/** From another view to the first frame after models and keys are drawn, in the page's own time. */
const openingMs = (page: Page): Promise<number> =>
  page.evaluate<number>(`new Promise((resolve) => {
    const began = performance.now()
    const isDrawn = () => document.querySelector('[aria-label="Models"] a') && document.querySelector('main tbody th')
    const look = () => requestAnimationFrame(() =>
      isDrawn() ? requestAnimationFrame(() => resolve(performance.now() - began)) : look())
    location.hash = '#/models'
    look()
  })`)

async function reopeningMs(page: Page): Promise<number> {
  await goTo(page, 'Settings')
  return openingMs(page)
}

/** From a letter typed into the filter to the frame that shows its answer. */
async function filterMs(page: Page): Promise<number[]> {
  await page.evaluate(`
    window.benchTyped = []
    document.addEventListener('input', ({ timeStamp }) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => benchTyped.push(performance.now() - timeStamp)
      port2.postMessage(null)
    }), true)
  `)
  const filter = page.getByRole('searchbox', { name: 'Filter models and keys' })
  await filter.pressSequentially('model-77', { delay: 300 })
  for (let letter = 0; letter < 8; letter += 1) await filter.press('Backspace', { delay: 300 })
  return page.evaluate<number[]>('benchTyped')
}

async function scrollFigure(browser: Browser, page: Page, name: string, selector: string): Promise<Figure> {
  await page
    .locator(selector)
    .first()
    .hover({ position: { x: 100, y: 200 } })
  const longest = await longestTaskMs(browser, page, () => scroll(page))
  return { name, value: longest, unit: 'ms', goal: { atMost: 50 } }
}

/** As a hand on a wheel: down by screens for a while, and up again. */
async function scroll(page: Page): Promise<void> {
  const steps = scrollMs / 40
  for (let step = 0; step < steps; step += 1) {
    await page.mouse.wheel(0, step < steps / 2 ? 400 : -400)
    await page.waitForTimeout(20)
  }
}
