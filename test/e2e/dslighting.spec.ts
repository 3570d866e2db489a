import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { chooseEnvFile, envFor, goTo, importOnFirstRun, startSimulator, takeImport } from './support/keywheel.ts'

const first = 'sk-fixture-of-the-first-account-0001'
const second = 'sk-fixture-of-the-second-account-0002'

/** A file with a trap for each loader, of which some need a decision. */
const trapped = `# mine
LLM_TEMPERATURE=
LLM_MODEL_CONFIGS='{
  "glm-4.7": {
    "api_key": ["${first}", "${second}"],
    "api_base": "https://open.bigmodel.cn/api/paas/v4",
    "temperature": 0
  },
  " qwen ": {
    "api_keys": ["${first}"],
    "api_base": "https://x.example/v1",
    "provider": "siliconflow"
  },
  "claude-3-5-sonnet": {"api_key": "${second}"}
}'
`

async function openCheck(page: Page): Promise<void> {
  await goTo(page, 'Import / export')
  await page.getByRole('tab', { name: 'DSLighting check' }).click()
  await expect(page.getByRole('heading', { name: 'Check a .env for DSLighting' })).toBeVisible()
}

async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

test('a file is told in all three loaders, with every trap in words and no key in clear', async ({ page }) => {
  await startSimulator(page)
  await openCheck(page)
  expect(await faultsOf(page), 'empty').toEqual([])
  await chooseEnvFile(page, trapped)
  await expect(page.getByText(/derived from DSLighting's source.*was not run/)).toBeVisible()
  const glm = page.getByRole('table', { name: 'What DSLighting does with glm-4.7' })
  await expect(glm.getByRole('row', { name: /Library/ })).toContainText('1 …00012 …0002moves on when one fails')
  await expect(glm.getByRole('row', { name: /Command line/ })).toContainText('the whole list as one key')
  await expect(glm.getByRole('row', { name: /Web interface/ })).toContainText('1 …0001no rotation')
  const traps = page.getByRole('list', { name: 'Traps of glm-4.7' })
  for (const words of [/one single key/, /only the first key/, /temperature of 0/, /cannot tell the provider/]) {
    await expect(traps.getByRole('listitem').filter({ hasText: words })).toHaveCount(1)
  }
  await expect(page.getByRole('list', { name: 'Traps of the file' })).toContainText('LLM_TEMPERATURE is set but blank')
  await expect(page.getByRole('list', { name: 'Traps of claude-3-5-sonnet' })).toContainText('api.openai.com')
  expect(await page.locator('body').innerText()).not.toContain('sk-fixture')
  expect(await faultsOf(page), 'checked').toEqual([])
})

test('a fix is shown line by line, and can be taken back and taken along', async ({ page }) => {
  await startSimulator(page)
  await openCheck(page)
  await chooseEnvFile(page, trapped, 'mine.env')
  await page.getByRole('button', { name: 'Set temperature to 0' }).click()
  const changes = page.getByRole('region', { name: 'Changed lines' })
  await expect(changes.getByRole('listitem').filter({ hasText: 'removed "temperature": 0' })).toHaveCount(1)
  await expect(changes).toContainText('"temperature": "0"')
  await expect(changes).not.toContainText('sk-fixture')
  await page.getByRole('button', { name: 'Undo the last change' }).click()
  await expect(changes).toHaveCount(0)

  await page.getByRole('button', { name: /^Fix all \d+ that need no decision$/ }).click()
  await expect(page.getByText('Everything that needs no decision is fixed.')).toBeVisible()
  await expect(page.getByRole('button', { name: /that needs? no decision$/ })).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'qwen', exact: true })).toBeVisible()
  expect(await faultsOf(page), 'changed').toEqual([])
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download the fixed file' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('mine.env')
  const parts: Buffer[] = []
  for await (const part of await download.createReadStream()) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString()
  expect(text).toContain(`"api_key": ["${first}", "${second}"]`)
  expect(text).toContain('"qwen": {')
  expect(text).not.toContain('LLM_TEMPERATURE')
})

test('a model of the vault is led through the gateway, and then rotates in all three', async ({ page }) => {
  await importOnFirstRun(page, envFor('https://open.bigmodel.cn/api/paas/v4', [first, second], 'glm-4.7'))
  await takeImport(page)
  await openCheck(page)
  await chooseEnvFile(page, envFor('https://open.bigmodel.cn/api/paas/v4', [first, second], 'glm-4.7'))
  await page.getByRole('button', { name: 'Lead it through the gateway' }).first().click()
  const table = page.getByRole('table', { name: 'What DSLighting does with glm-4.7' })
  await expect(table.getByRole('cell', { name: /^http:\/\/127\.0\.0\.1:\d+\/v1$/ })).toHaveCount(3)
  await expect(page.getByText('No trap found')).toBeVisible()
})

test('what the vault would export is checked without leaving it', async ({ page }) => {
  await importOnFirstRun(page, envFor('https://open.bigmodel.cn/api/paas/v4', [first, second], 'glm-4.7'))
  await takeImport(page)
  await openCheck(page)
  await page.getByRole('button', { name: 'Check what the vault would export' }).click()
  await expect(page.getByRole('heading', { name: 'An export of the vault' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Download the fixed file' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Open the model' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Models & keys' })).toBeVisible()
})

test('a file that cannot be read is refused in one sentence', async ({ page }) => {
  await startSimulator(page)
  await openCheck(page)
  await chooseEnvFile(page, Buffer.from([0x41, 0x3d, 0xe9, 0xff, 0x0a]), 'broken.env')
  await expect(page.getByRole('alert')).toContainText(/broken\.env.*UTF-8/)
})

test.describe('中文界面', () => {
  test.use({ language: 'zh-CN', theme: 'dark' })

  test('检查、逐项修复与全部修复都用中文说明', async ({ page }) => {
    await page.getByRole('button', { name: '启动模拟器' }).click()
    await page.getByRole('link', { name: '导入 / 导出' }).click()
    await page.getByRole('tab', { name: 'DSLighting 检查' }).click()
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: '选择文件' }).click()
    await (await choosing).setFiles({ name: '.env', mimeType: 'text/plain', buffer: Buffer.from(trapped) })
    await expect(page.getByText(/并未实际运行 DSLighting/)).toBeVisible()
    const row = page.getByRole('table', { name: 'DSLighting 如何使用 glm-4.7' }).getByRole('row', { name: /命令行/ })
    await expect(row).toContainText('把整个列表当作一个密钥')
    await page.getByRole('button', { name: /修复全部 \d+ 处无需决定的问题/ }).click()
    await expect(page.getByRole('region', { name: '更改的行' })).toContainText('"temperature": "0"')
    expect(await faultsOf(page)).toEqual([])
  })
})
