import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import {
  chooseLanguage,
  chooseTheme,
  envFor,
  goTo,
  importOnFirstRun,
  send,
  startSimulator,
  takeImport,
} from './support/keywheel.ts'

async function faultsOf(page: Page): Promise<string[]> {
  const { passes, violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(passes.length).toBeGreaterThan(10)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

async function openLog(page: Page) {
  await goTo(page, 'Settings')
  await page.getByLabel('Says').selectOption('debug')
  await page.getByRole('link', { name: 'Show the log' }).click()
  const lines = page.getByRole('region', { name: 'Lines of the log' })
  await expect(lines.getByRole('listitem').first()).toContainText('started')
  return lines
}

/** A message in the playground of the simulator, whose attempts the log tells of. */
async function sendOne(page: Page) {
  await goTo(page, 'Playground')
  await send(page, 'hello')
  await expect(page.getByRole('button', { name: 'Stop' })).toBeHidden()
}

test('the log follows what happens, is filtered by level and words, and can be paused', async ({ app, page }) => {
  await startSimulator(page)
  await openLog(page)
  await sendOne(page)
  await page.goBack()
  const lines = page.getByRole('region', { name: 'Lines of the log' })
  await expect(lines).toContainText('key-used')

  await page.getByLabel('Level').selectOption('warn')
  await expect(lines.filter({ hasText: 'key-used' })).toHaveCount(0)
  await page.getByLabel('Level').selectOption('debug')
  await page.getByLabel('Search the log').fill('key-used attempt=1')
  await expect(lines.getByRole('listitem').first()).toContainText('key-used')
  await expect(lines.getByRole('listitem').filter({ hasNotText: 'key-used' })).toHaveCount(0)
  await page.getByLabel('Search the log').fill('nobody said this')
  await expect(page.getByText('No line matches.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all lines' }).click()

  await page.getByLabel('Follow').click()
  await expect(page.getByText('Paused: new lines are not shown.')).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await app.screenshot('log')
  await chooseTheme(page, 'dark')
  await chooseLanguage(page, '简体中文')
  await expect(page.getByText('已暂停：不显示新的行。')).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await app.screenshot('log-dark-chinese')
})

test('a report is read before it is saved, is saved as it was read, and names nothing', async ({ app, page }) => {
  test.skip(app.host !== 'browser-host', 'a desktop asks the system where to put it')
  const secret = 'sk-planted-in-the-report-4Kd92mXqLw'
  await importOnFirstRun(page, envFor('https://planted.example.com/v1', [secret], 'planted-model'))
  await takeImport(page)
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Preview the report' }).click()
  const report = page.getByRole('region', { name: 'The report' })
  await expect(report).toContainText('## Models (1)')
  const shown = await report.locator('pre').textContent()
  const downloading = page.waitForEvent('download')
  await page.getByRole('region', { name: 'Diagnostics' }).getByRole('button', { name: 'Save' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^keywheel-diagnostics-\d{4}-\d\d-\d\d\.txt$/)
  expect(await readFile(await download.path(), 'utf8')).toBe(shown)
  for (const planted of [secret, secret.slice(-8), 'planted-model', 'planted.example.com', app.dataFolder]) {
    expect(shown).not.toContain(planted)
  }
  expect(await faultsOf(page)).toEqual([])
  await report.scrollIntoViewIfNeeded()
  await app.screenshot('diagnostics')
})

test('a price is of the list until the person sets one, and bad ones are refused where they are typed', async ({
  app,
  page,
}) => {
  const secret = 'sk-for-the-prices-0001-abcd'
  await importOnFirstRun(page, envFor('https://api.openai.com/v1', [secret], 'gpt-4o'))
  await takeImport(page)
  await goTo(page, 'Settings')
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'gpt-4o' }) })
  await expect(row).toContainText('$2.50')
  await expect(row).toContainText('price list')

  await row.getByRole('button', { name: 'Set a price for gpt-4o' }).click()
  const input = page.getByLabel('Input price of gpt-4o')
  await expect(input).toBeFocused()
  for (const bad of ['-1', '1e400', 'free', '']) {
    await input.fill(bad)
    await page.keyboard.press('Enter')
    await expect(row).toContainText('A price is a number from 0 to 1,000,000')
    await expect(input).toHaveAttribute('aria-invalid', 'true')
  }
  expect(await faultsOf(page)).toEqual([])
  await app.screenshot('prices-refused')
  await input.fill('0.075')
  await page.keyboard.press('Enter')
  await expect(row).toContainText('$0.075')
  await expect(row).toContainText('your own')
  await app.screenshot('prices')

  await row.getByRole('button', { name: 'Use the price list for gpt-4o' }).click()
  await expect(row).toContainText('$2.50')
  await chooseTheme(page, 'dark')
  await chooseLanguage(page, '简体中文')
  await expect(row).toContainText('价目表')
  await app.screenshot('prices-dark-chinese')
})
