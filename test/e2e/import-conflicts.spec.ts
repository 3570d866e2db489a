import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { chooseEnvFile, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'

const first = 'sk-test-of-conflict-0001'
const second = 'sk-test-of-conflict-0002'
const third = 'sk-test-of-conflict-0003'

const file = (keys: readonly string[], temperature: number) =>
  `LLM_MODEL_CONFIGS='${JSON.stringify({ 'glm-4.7': { api_key: keys, api_base: 'https://a.example/v1', temperature } })}'\n`

/** A model with two keys is here, and a file that says otherwise is looked at. */
async function withConflict(page: Page, other: string): Promise<void> {
  await importOnFirstRun(page, file([first, second], 0.5))
  await takeImport(page)
  await page.getByRole('button', { name: 'Import another file' }).click()
  await chooseEnvFile(page, other)
}

async function take(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Take 1 model' }).click()
  await expect(page.getByRole('heading', { name: 'The import is done' })).toBeVisible()
  await page.getByRole('button', { name: 'Open Models & keys' }).click()
}

const keyRow = (page: Page, lastFour: string) => page.getByRole('row', { name: new RegExp(`…${lastFour}`) })

test('merging takes the file’s settings that are ticked, and the keys of both', async ({ page }) => {
  await withConflict(page, file([second, third], 1))
  await expect(page.getByText('acct-1 is only here and stays.')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Take Temperature of glm-4.7' }).uncheck()
  await take(page)
  for (const lastFour of ['0001', '0002', '0003']) await expect(keyRow(page, lastFour)).toBeVisible()
  await expect(page.getByText('temperature 0.5')).toBeVisible()
})

test('replacing puts the keys that the file does not hold into the bin, and undoing brings them back', async ({
  page,
}) => {
  await withConflict(page, file([second, third], 1))
  await page.getByRole('combobox', { name: 'What to do with glm-4.7' }).selectOption("Replace by the file's")
  await expect(page.getByText('acct-1 is not in the file and goes to the bin.')).toBeVisible()
  await take(page)
  await expect(keyRow(page, '0003')).toBeVisible()
  await expect(keyRow(page, '0001')).toHaveCount(0)
  await goTo(page, 'Import / export')
  await page.getByRole('button', { name: 'Undo the last import' }).click()
  await expect(page.getByText('The import was undone.')).toBeVisible()
  await goTo(page, 'Models & keys')
  await expect(keyRow(page, '0001')).toBeVisible()
  await expect(keyRow(page, '0003')).toHaveCount(0)
})

test('keeping ours takes nothing', async ({ page }) => {
  await withConflict(page, file([second, third], 1))
  await page.getByRole('combobox', { name: 'What to do with glm-4.7' }).selectOption('Keep ours')
  await expect(page.getByText('Nothing changes.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Take 0/ })).toBeDisabled()
})

test('masked keys never take the place of real ones', async ({ page }) => {
  await withConflict(page, file(['sk-…0001', 'sk-****0002'], 1))
  await expect(page.getByText('2 were ignored: masked; the real key here stays.')).toBeVisible()
  await page.getByRole('combobox', { name: 'What to do with glm-4.7' }).selectOption("Replace by the file's")
  await take(page)
  await expect(keyRow(page, '0001')).toBeVisible()
  await expect(keyRow(page, '0002')).toBeVisible()
})

test('a message undoes its own import and no later one', async ({ page }) => {
  await withConflict(page, file([first, second, third], 0.5))
  await page.getByRole('button', { name: 'Take 1 model' }).click()
  await expect(page.getByRole('heading', { name: 'The import is done' })).toBeVisible()
  const undo = page.getByRole('button', { name: 'Undo', exact: true })
  await undo.first().click()
  await expect(page.getByText('That import is no longer the last one')).toBeVisible()
  await undo.first().click()
  await expect(page.getByText('The import was undone.')).toBeVisible()
})

test('an import is not undone when its models were changed since', async ({ page }) => {
  await withConflict(page, file([first, second, third], 0.5))
  await take(page)
  await keyRow(page, '0003').getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(keyRow(page, '0003')).toContainText('paused')
  await goTo(page, 'Import / export')
  await page.getByRole('button', { name: 'Undo the last import' }).click()
  await expect(page.getByText('Since the import, glm-4.7 changed.')).toBeVisible()
})

test('a difference that is looked at is still there after a visit to another view', async ({ page }) => {
  await withConflict(page, file([third], 1))
  await page.getByRole('combobox', { name: 'What to do with glm-4.7' }).selectOption("Replace by the file's")
  await goTo(page, 'Models & keys')
  await goTo(page, 'Import / export')
  await expect(page.getByRole('combobox', { name: 'What to do with glm-4.7' })).toHaveValue('replace')
})
