import { chromium, type Browser, type Page } from '@playwright/test'
import { chromiumFlags, chromiumPath } from '../support/chromium.ts'
import { leave, openBenchPage } from './bench-page.ts'
import { atMost, type Bench, type Figure } from './figure.ts'
import { fillJournal, openJournal } from './journal.ts'
import { longestTaskMs, openingMs } from './page-load.ts'

const rounds = 5
const turns = 60
const turnPx = 1_200
const turnEveryMs = 50
const dragSteps = 80
const firstRow = '[data-testid=requests] [role=row]'

/** Activity over as many attempts as are kept at most (`KEYWHEEL_JOURNAL_ATTEMPTS`), in Chromium. */
export const figures: Bench = async function* () {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] })
  try {
    const opened = await openBenchPage(browser, { keys: 20, attemptsPerSecond: 0, prepare: fill })
    yield* listFigures(browser, opened.page)
    await opened.close()
  } finally {
    await browser.close()
  }
}

async function fill(folder: string): Promise<void> {
  const journal = openJournal(folder)
  await fillJournal(journal, Date.now())
  await journal.close()
}

async function* listFigures(browser: Browser, page: Page): AsyncGenerator<Figure> {
  const openings: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await leave(page)
    openings.push(await openingMs(page, 'activity', firstRow))
  }
  yield atMost('activity opening', 'ms', 300, openings)
  const scrolled = await longestTaskMs(browser, page, () => turnTheWheel(page))
  yield { name: 'activity longest task, scrolling', value: scrolled, unit: 'ms', goal: { atMost: 50 } }
  const dragged = await longestTaskMs(browser, page, () => dragThrough(page))
  yield { name: 'activity longest task, through all of it', value: dragged, unit: 'ms', goal: { atMost: 50 } }
  const filterings: number[] = []
  for (const filter of ['rotated', 'all', 'served', 'rotated', 'all']) filterings.push(await filteredMs(page, filter))
  yield atMost('activity filtered first page', 'ms', 150, filterings)
}

/** So fast that pages are fetched all the time. */
async function turnTheWheel(page: Page): Promise<void> {
  await page.getByTestId('requests').hover()
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, turnPx)
    await page.waitForTimeout(turnEveryMs)
  }
}

/** The thumb from the newest to the oldest and back. */
async function dragThrough(page: Page): Promise<void> {
  const box = await page.getByRole('slider', { name: 'Place in the whole history' }).boundingBox()
  if (box === null) throw new Error('There is no scrollbar to drag.')
  const x = box.x + box.width / 2
  await page.mouse.move(x, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(x, box.y + box.height - 10, { steps: dragSteps })
  await page.mouse.move(x, box.y + 10, { steps: dragSteps })
  await page.mouse.up()
  await page.locator(firstRow).first().waitFor()
}

/** From the click to the rows that it asked for, in the page's own time: the list says that it is busy in between. */
const filteredMs = (page: Page, result: string): Promise<number> =>
  page.evaluate<number>(`new Promise((resolve) => {
    const began = performance.now()
    const watcher = new MutationObserver(() => {
      if (document.querySelector('[role=table]').ariaBusy !== 'false') return
      watcher.disconnect()
      requestAnimationFrame(() => resolve(performance.now() - began))
    })
    watcher.observe(document.querySelector('main'), { subtree: true, attributeFilter: ['aria-busy'] })
    document.querySelector('main input[type=radio][value=${result}]').click()
  })`)
