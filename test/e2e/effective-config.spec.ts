import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'

async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

test('each field names the source that wins and the ones it beats, and code and a .env change it', async ({ page }) => {
  await importOnFirstRun(page, envFor('https://vault.example/v1', ['sk-of-the-first-account-of-all-0001']))
  await takeImport(page)
  await goTo(page, 'Models & keys')
  await page.getByRole('tab', { name: 'Effective configuration' }).click()
  const table = page.getByRole('table', { name: 'Effective configuration' })
  const row = (name: string) => table.getByRole('row', { name: new RegExp(`^${name}`) })
  await expect(row('Keys')).toContainText('acct-1 …0001')
  await expect(row('Base URL')).toContainText('https://vault.example/v1LLM_MODEL_CONFIGS api_base')
  await expect(row('Id that reaches the provider')).toContainText('scripted')

  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a .env' }).click()
  const text = 'API_BASE=https://env.example/v1\nLLM_PROVIDER=openai\nLLM_TEMPERATURE=warm\n'
  await (await choosing).setFiles({ name: 'mine.env', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await expect(page.getByText('Uses mine.env')).toBeVisible()
  await expect(row('Provider')).toContainText('openaiEnvironment LLM_PROVIDER')
  await expect(row('Base URL')).toContainText('Environment API_BASE https://env.example/v1')
  await expect(page.getByText('LLM_TEMPERATURE is no number and says nothing.')).toBeVisible()

  await page.getByLabel('Base URL').fill('https://code.example/v1')
  await expect(row('Base URL')).toContainText('https://code.example/v1Code api_base')
  await expect(row('Base URL')).toContainText('LLM_MODEL_CONFIGS api_base https://vault.example/v1')
  expect(await faultsOf(page)).toEqual([])

  await page.getByRole('button', { name: 'Leave it out' }).click()
  await expect(row('Provider')).toContainText('not set')
})

test.describe('中文界面', () => {
  test.use({ language: 'zh-CN', theme: 'dark' })

  test('生效配置用中文说明每个字段的来源', async ({ page }) => {
    await page.getByRole('button', { name: '启动模拟器' }).click()
    await page.getByRole('link', { name: '模型与密钥' }).click()
    await page.getByRole('tab', { name: '生效配置' }).click()
    const table = page.getByRole('table', { name: '生效配置' })
    await expect(table.getByRole('row', { name: /^模型/ })).toContainText('代码')
    await expect(table.getByRole('row', { name: /^温度/ })).toContainText('默认值')
    await page.getByRole('spinbutton', { name: '温度' }).or(page.getByLabel('温度')).first().fill('0.2')
    await expect(table.getByRole('row', { name: /^温度/ })).toContainText('0.2代码')
    expect(await faultsOf(page)).toEqual([])
  })
})
