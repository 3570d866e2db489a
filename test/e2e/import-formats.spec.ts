import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { choosePassphrase, chooseEnvFile, goTo, startSimulator } from './support/keywheel.ts'

const key = (number: number) => `sk-test-of-format-${String(number).padStart(6, '0')}`
const configs = { 'glm-4.7': { api_key: [key(1), key(2)], api_base: 'https://a.example/v1' } }

const litellm = `model_list:
  - model_name: glm-4.7
    litellm_params:
      model: openai/glm-4.7
      api_key: ${key(1)}
      api_base: https://a.example/v1
`
const channels = JSON.stringify([{ key: `${key(1)}\n${key(2)}`, models: 'glm-4.7', base_url: 'https://a.example' }])
const curl = `curl https://a.example/v1/chat/completions -H 'Authorization: Bearer ${key(1)}' -d '{"model":"glm-4.7"}'`

const withModels: [string, string, string, string][] = [
  ['.env', `LLM_MODEL_CONFIGS='${JSON.stringify(configs)}'\n`, 'a .env file', '0002'],
  ['models.json', JSON.stringify(configs), 'JSON in the shape of LLM_MODEL_CONFIGS', '0002'],
  ['config.yaml', litellm, 'a LiteLLM configuration', '0001'],
  ['channels.json', channels, 'a list of channels', '0002'],
  ['curl.txt', curl, 'a curl command', '0001'],
]

/** With the simulator on, the page is there without a vault, and a file can be looked at. */
async function openImport(page: Page): Promise<void> {
  await startSimulator(page)
  await goTo(page, 'Import / export')
}

for (const [name, text, format, lastFour] of withModels) {
  test(`${name} is recognised and shown before anything is saved`, async ({ page }) => {
    await openImport(page)
    await chooseEnvFile(page, text, name)
    await expect(page.getByText(`Recognised as ${format}`)).toBeVisible()
    const row = page.getByRole('table', { name: 'Differences' }).getByRole('row', { name: /glm-4\.7/ })
    await expect(row).toContainText(`…${lastFour}`)
    await expect(row).toContainText('https://a.example/v1')
  })
}

test('keys without a model go to one that the person picks, and never twice', async ({ page }) => {
  await choosePassphrase(page)
  await chooseEnvFile(page, `LLM_MODEL_CONFIGS='${JSON.stringify(configs)}'\n`)
  await page.getByRole('button', { name: 'Take 1 model' }).click()
  await page.getByRole('button', { name: 'Import another file' }).click()
  await page.getByLabel('Or paste the text').fill(`OPENAI_API_KEY=${key(3)}\nMY_KEY=${key(1)}\n`)
  await page.getByRole('button', { name: 'Look at it' }).click()
  await expect(page.getByText('Recognised as a list of keys')).toBeVisible()
  await expect(page.getByText('2 new, 0 already there')).toBeVisible()
  await page.getByRole('combobox', { name: 'Add them to' }).click()
  await page.getByRole('option', { name: 'glm-4.7' }).click()
  await expect(page.getByText('1 new, 1 already there')).toBeVisible()
  await page.getByRole('button', { name: 'Take 1 model' }).click()
  await page.getByRole('button', { name: 'Open Models & keys' }).click()
  await expect(page.getByRole('row', { name: /OPENAI_API_KEY/ })).toBeVisible()
})

test('two hundred pasted keys make a new model, whose address is checked at its field', async ({ page }) => {
  await openImport(page)
  const keys = Array.from({ length: 200 }, (_, number) => key(number)).join('\n')
  await page.getByLabel('Or paste the text').fill(`${keys}\nsk-…abcd\nHello, these are mine.\n`)
  await page.getByRole('button', { name: 'Look at it' }).click()
  await expect(page.getByText('200 new, 0 already there')).toBeVisible()
  await expect(page.getByText('1 was ignored: masked; the real key here stays. (line 201)')).toBeVisible()
  await page.getByRole('textbox', { name: 'Model name' }).fill('gpt-4o')
  await page.getByRole('textbox', { name: 'Base URL' }).fill('ftp://a.example')
  await page.getByRole('button', { name: 'Take 1 model' }).click()
  const setup = page.getByRole('dialog')
  await setup.getByRole('radio', { name: 'A passphrase' }).check()
  await setup.getByLabel('Passphrase', { exact: true }).fill('correct horse battery staple')
  await setup.getByLabel('The passphrase again').fill('correct horse battery staple')
  await setup.getByRole('button', { name: /vault/i }).click()
  await expect(page.getByRole('textbox', { name: 'Base URL' })).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('textbox', { name: 'Base URL' }).fill('https://a.example/v1')
  await page.getByRole('button', { name: 'Take 1 model' }).click()
  await expect(page.getByRole('heading', { name: 'The import is done' })).toBeVisible()
  await expect(page.getByText('200 keys were added.').first()).toBeVisible()
})

test('a list of a thousand models stays one that can be scrolled, with few rows on the page', async ({ page }) => {
  await openImport(page)
  const many = Array.from({ length: 1000 }, (_, number) => [
    `model-${number}`,
    { api_key: Array.from({ length: 10 }, (_key, at) => key(number * 10 + at)), api_base: 'https://a.example/v1' },
  ])
  await chooseEnvFile(page, JSON.stringify(Object.fromEntries(many), null, 1), 'many.json')
  const table = page.getByRole('table', { name: 'Differences' })
  await expect(page.getByRole('button', { name: 'Take 1,000 models' })).toBeVisible()
  expect(await table.getByRole('row').count()).toBeLessThan(60)
  await table.getByRole('checkbox', { name: 'Take model-1', exact: true }).uncheck()
  await expect(page.getByRole('button', { name: 'Take 999 models' })).toBeVisible()
  await table.getByRole('row').last().hover()
  await page.mouse.wheel(0, 10_000_000)
  await expect(table.getByRole('row', { name: /model-999/ })).toBeVisible()
})

test('what cannot be used says why, part by part', async ({ page }) => {
  await openImport(page)
  const file = { 'glm-4.7': { api_key: [] }, 'gpt-4o': 'sk-test' }
  await chooseEnvFile(page, JSON.stringify(file), 'models.json')
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('No model in it can be used')
  await expect(alert).toContainText('Recognised as JSON in the shape of LLM_MODEL_CONFIGS')
  await expect(page.getByText('glm-4.7 Its list of keys is empty.')).toBeVisible()
  await expect(page.getByText('gpt-4o The entry is not an object')).toBeVisible()
})
