import { expect, test } from './support/app.ts'
import { envFor, goTo, guideExample, importOnFirstRun, takeImport } from './support/keywheel.ts'
import type { Page } from '@playwright/test'

const secrets = [1, 2, 3].map((number) => `sk-of-the-test-account-${String(number).padStart(4, '0')}`)

async function openKeys(page: Page) {
  await importOnFirstRun(page, envFor('https://api.example.com/v1', secrets))
  await takeImport(page)
  await goTo(page, 'Models & keys')
  const table = page.getByRole('table', { name: 'Keys of scripted' })
  const labels = () => table.getByRole('row').locator('td:nth-child(3)').allInnerTexts()
  const row = (label: string) => table.getByRole('row').filter({ hasText: label })
  return { table, labels, row }
}

test('a key is paused and resumed, and the state shown is what the engine reports', async ({ page }) => {
  const { row } = await openKeys(page)
  await row('acct-2').getByRole('checkbox', { name: 'Select acct-2' }).check()
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(row('acct-2')).toContainText('paused')
  await page.getByRole('button', { name: 'Resume', exact: true }).click()
  await expect(row('acct-2')).toContainText('ready')
})

test('what is typed into a field is refused at the field', async ({ page }) => {
  await openKeys(page)
  await page.getByRole('tab', { name: /Settings/ }).click()
  await page.getByRole('combobox', { name: 'Base URL' }).fill('http://api.example.com/v1')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('combobox', { name: 'Base URL' })).toHaveAttribute('aria-invalid', 'true')
})

test('a model keeps its other names and its stand-ins, and a name that leads elsewhere is refused at the field', async ({
  page,
}) => {
  await importOnFirstRun(page, guideExample)
  await takeImport(page)
  await goTo(page, 'Models & keys')
  await page.getByRole('link', { name: /glm-4\.7/ }).click()
  await page.getByRole('tab', { name: /Settings/ }).click()
  const names = page.getByRole('combobox', { name: 'Other names' })
  await names.fill('best')
  await names.press('Enter')
  await page.getByRole('combobox', { name: 'Stand-ins' }).click()
  await page.getByRole('option', { name: 'gpt-4o' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('glm-4.7 was saved.')).toBeVisible()
  await page.reload()
  await page.getByRole('tab', { name: /Settings/ }).click()
  const main = page.getByRole('main')
  await expect(main.getByText('best', { exact: true })).toBeVisible()
  await names.fill('gpt-4o')
  await names.press('Enter')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(main.getByText('gpt-4o already leads to gpt-4o.')).toBeVisible()
})
