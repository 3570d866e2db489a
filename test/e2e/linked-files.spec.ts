import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { importDotenv } from '../../electron/dotenv/index.ts'
import { expect, test, type App } from './support/app.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'
import type { Page } from '@playwright/test'

const [first, second, third] = [
  'sk-canary-of-the-link-0001',
  'sk-canary-of-the-link-0002',
  'sk-canary-of-the-link-0003',
] as const

const words = {
  en: {
    view: 'Import / export',
    tab: 'Linked files',
    path: 'Watch one more file',
    watch: 'Watch it',
    same: 'The file and the vault say the same.',
    changed: '1 change in the file.',
    missing: /The file is not there/,
    open: /^See the difference/,
    table: 'Differences between the file and the vault',
    apply: 'Apply 1 choice',
    vault: 'Vault',
    unlink: /^Unlink/,
  },
  'zh-CN': {
    view: '导入 / 导出',
    tab: '关联文件',
    path: '再监视一个文件',
    watch: '监视',
    same: '文件与保险库一致。',
    changed: '文件中有 1 处变更。',
    missing: /文件不存在/,
    open: /^查看差异/,
    table: '文件与保险库之间的差异',
    apply: '应用 1 项选择',
    vault: '保险库',
    unlink: /^取消关联/,
  },
} as const
type Words = (typeof words)[keyof typeof words]

const fileOf = (app: App) => join(dirname(app.dataFolder), 'project.env')
const withKeys = (...keys: string[]) => `# mine\n${envFor('https://first.example/v1', keys, 'glm-4.7')}`

async function linkFile(app: App, page: Page, language: keyof typeof words): Promise<Words> {
  await writeFile(fileOf(app), withKeys(first))
  await importOnFirstRun(page, envFor('https://first.example/v1', [first], 'glm-4.7'))
  await takeImport(page)
  if (language === 'zh-CN') await chooseLanguage(page, '简体中文')
  const say = words[language]
  await goTo(page, say.view)
  await page.getByRole('tab', { name: say.tab }).click()
  await page.getByLabel(say.path).fill('~/project.env')
  await page.getByRole('button', { name: say.watch, exact: true }).click()
  await expect(page.getByText(say.same)).toBeVisible()
  return say
}

for (const language of ['en', 'zh-CN'] as const) {
  test(`a file that is edited elsewhere shows so by itself, and is taken over as chosen (${language})`, async ({
    app,
    page,
  }) => {
    const say = await linkFile(app, page, language)
    await writeFile(fileOf(app), withKeys(first, second))
    await expect(page.getByText(say.changed)).toBeVisible()
    await page.getByRole('button', { name: say.open }).click()
    const table = page.getByRole('table', { name: say.table })
    await expect(table.getByRole('row')).toHaveCount(2)
    await expect(table.getByText('…0002')).toBeVisible()
    expect(await page.content()).not.toContain('canary')
    await page.getByRole('button', { name: say.apply }).click()
    await expect(page.getByText(say.same)).toBeVisible()
    await expect(table).toHaveCount(0)
  })
}

test('the file is made what the vault says when that side is chosen, and its comments stay', async ({ app, page }) => {
  const say = await linkFile(app, page, 'en')
  await writeFile(fileOf(app), withKeys(first, third))
  await page.getByRole('button', { name: say.open }).click()
  const table = page.getByRole('table', { name: say.table })
  await table.getByRole('radiogroup').getByText(say.vault, { exact: true }).click()
  await page.getByRole('button', { name: say.apply }).click()
  await expect(page.getByText(say.same)).toBeVisible()
  const text = await readFile(fileOf(app), 'utf8')
  expect(text.startsWith('# mine\n')).toBe(true)
  const read = importDotenv(text)
  expect(read.ok && read.models.map(({ keys }) => keys)).toEqual([[first]])
})

test('a change outside marks the way to it, wherever a person is, until it is dealt with', async ({ app, page }) => {
  await linkFile(app, page, 'en')
  await goTo(page, 'Models & keys')
  const mark = page.getByRole('img', { name: 'A linked file changed' })
  await expect(mark).toHaveCount(0)
  await writeFile(fileOf(app), withKeys(first, second))
  await expect(mark).toBeVisible()
  await writeFile(fileOf(app), withKeys(first))
  await expect(mark).toHaveCount(0)
})

test('a file behind a symlink is watched where it lies, also while it is replaced again and again', async ({
  app,
  page,
}) => {
  const folder = join(dirname(app.dataFolder), 'dotfiles')
  await mkdir(folder)
  await writeFile(join(folder, 'env'), withKeys(first))
  await symlink(join(folder, 'env'), fileOf(app))
  const say = await linkFile(app, page, 'en')
  let isOver = false
  const noise = (async () => {
    for (let count = 0; !isOver; count += 1) await writeFile(join(folder, 'noise'), String(count))
  })()
  await writeFile(join(folder, 'env.new'), withKeys(first, second))
  await rename(join(folder, 'env.new'), join(folder, 'env'))
  await expect(page.getByText(say.changed)).toBeVisible()
  isOver = true
  await noise
})

test('a file that is gone is said to be so, is still in the list after a restart, and can be unlinked', async ({
  app,
  page,
}) => {
  const say = await linkFile(app, page, 'en')
  await rm(fileOf(app))
  await expect(page.getByText(say.missing)).toBeVisible()
  const again = await app.restart()
  await again.getByLabel('Passphrase', { exact: true }).fill('correct horse battery staple')
  await again.keyboard.press('Enter')
  await goTo(again, say.view)
  await again.getByRole('tab', { name: say.tab }).click()
  await expect(again.getByText(say.missing)).toBeVisible()
  await again.getByRole('button', { name: say.unlink }).click()
  await expect(again.getByText(say.missing)).toHaveCount(0)
})
