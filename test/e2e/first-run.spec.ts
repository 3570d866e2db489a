import { expect, test } from './support/app.ts'
import {
  choosePassphrase,
  goTo,
  guideExample,
  importOnFirstRun,
  passphrase,
  startSimulator,
  takeImport,
} from './support/keywheel.ts'

test.describe('with a simulator that does not dawdle', () => {
  test.use({ environment: { KEYWHEEL_SIMULATOR_PACE: 'wordDelayMs=2,slowFirstByteMs=150' } })

  test('the simulator answers a message within five interactions of the first start', async ({ page }) => {
    await startSimulator(page)
    await goTo(page, 'Playground')
    await page.getByLabel('Message', { exact: true }).fill('Say hello')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('article')).toContainText(/attempt/)
  })
})

test('a .env from the guide shows its models and keys, and they are there after a restart', async ({ app, page }) => {
  await importOnFirstRun(page, guideExample)
  const differences = page.getByRole('table', { name: 'Differences' })
  for (const name of ['glm-4.7', 'openai/deepseek-ai/DeepSeek-V3', 'gpt-4o']) {
    await expect(differences.getByRole('row').filter({ hasText: name })).toContainText('added')
  }
  await takeImport(page)
  await goTo(page, 'Models & keys')
  await page.getByRole('link', { name: /glm-4\.7/ }).click()
  await expect(page.getByRole('table', { name: 'Keys of glm-4.7' }).getByRole('row')).toHaveCount(4)

  const next = await app.restart()
  await expect(next.getByRole('heading', { name: 'The vault is locked' })).toBeVisible()
  await next.getByLabel('Passphrase', { exact: true }).fill('not the passphrase')
  await next.getByRole('button', { name: 'Unlock' }).click()
  await expect(next.getByText('This is not the passphrase of this vault.')).toBeVisible({ timeout: 15_000 })
  await next.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await next.getByRole('button', { name: 'Unlock' }).click()
  await goTo(next, 'Models & keys')
  await expect(next.getByRole('link', { name: /gpt-4o/ })).toBeVisible()
})

test('a model and a key are added by hand', async ({ page }) => {
  await choosePassphrase(page)
  await page.getByRole('button', { name: 'Add a key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Model', { exact: true }).fill('my-model')
  await dialog.getByLabel('Base URL').fill('https://api.example.com/v1')
  await dialog.getByLabel('Keys').fill('sk-typed-by-hand-number-0001')
  await dialog.getByRole('button', { name: /Add/ }).click()
  const keys = page.getByRole('table', { name: 'Keys of my-model' })
  await expect(keys.getByRole('row').filter({ hasText: '…0001' })).toContainText('ready')
  await expect(page.getByText('sk-typed-by-hand')).toHaveCount(0)
})
