import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { chooseLanguage, chooseTheme, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'

async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

const words = {
  en: {
    tab: 'Effective configuration',
    keys: 'Keys',
    apiBase: 'Base URL',
    upstream: 'Id that reaches the provider',
    provider: 'Provider',
    temperature: 'Temperature',
    model: 'Model',
    code: 'Code',
    environment: 'Environment',
    computed: 'From model and provider',
    byDefault: 'Default',
    notSet: 'not set',
    chooseEnv: 'Choose a .env',
    uses: 'Uses mine.env',
    noNumber: 'LLM_TEMPERATURE is no number and says nothing.',
    leaveOut: 'Leave it out',
  },
  'zh-CN': {
    tab: '生效配置',
    keys: '密钥',
    apiBase: '基础地址',
    upstream: '到达服务商的 ID',
    provider: '服务商',
    temperature: '温度',
    model: '模型',
    code: '代码',
    environment: '环境变量',
    computed: '由模型和服务商得出',
    byDefault: '默认值',
    notSet: '未设置',
    chooseEnv: '选择 .env',
    uses: '正在使用 mine.env',
    noNumber: 'LLM_TEMPERATURE 不是数字，不起作用。',
    leaveOut: '不使用它',
  },
} as const

for (const language of ['en', 'zh-CN'] as const) {
  const say = words[language]

  test(`each field names the source that wins and the ones it beats, in ${language}`, async ({ page }) => {
    await importOnFirstRun(page, envFor('https://vault.example/v1', ['sk-of-the-first-account-of-all-0001']))
    await takeImport(page)
    await goTo(page, 'Models & keys')
    if (language !== 'en') {
      await chooseTheme(page, 'dark')
      await chooseLanguage(page, '简体中文')
    }
    await page.getByRole('tab', { name: say.tab }).click()
    const table = page.getByRole('table', { name: say.tab })
    const row = (name: string) => table.getByRole('row', { name: new RegExp(`^${name}`) })
    await expect(row(say.model)).toContainText('scripted')
    await expect(row(say.keys)).toContainText('acct-1 …0001')
    await expect(row(say.apiBase)).toContainText('https://vault.example/v1LLM_MODEL_CONFIGS api_base')
    await expect(row(say.upstream)).toContainText('scripted')
    await expect(row(say.upstream)).toContainText(say.computed)
    await expect(row(say.provider)).toContainText(say.notSet)
    await expect(row(say.temperature)).toContainText(say.byDefault)

    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: say.chooseEnv }).click()
    const text = 'API_BASE=https://env.example/v1\nLLM_PROVIDER=openai\nLLM_TEMPERATURE=warm\n'
    await (await choosing).setFiles({ name: 'mine.env', mimeType: 'text/plain', buffer: Buffer.from(text) })
    await expect(page.getByText(say.uses)).toBeVisible()
    await expect(row(say.provider)).toContainText(`openai${say.environment} LLM_PROVIDER`)
    await expect(row(say.apiBase)).toContainText(`${say.environment} API_BASE https://env.example/v1`)
    await expect(page.getByText(say.noNumber)).toBeVisible()

    await page.getByLabel(say.apiBase).fill('https://code.example/v1')
    await expect(row(say.apiBase)).toContainText(`https://code.example/v1${say.code} api_base`)
    await expect(row(say.apiBase)).toContainText('LLM_MODEL_CONFIGS api_base https://vault.example/v1')
    await page.getByLabel(say.temperature).fill('0.2')
    await expect(row(say.temperature)).toContainText(`0.2${say.code}`)
    expect(await faultsOf(page)).toEqual([])

    await page.getByRole('button', { name: say.leaveOut }).click()
    await expect(row(say.provider)).toContainText(say.notSet)
  })
}
