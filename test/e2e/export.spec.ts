import { readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { importDotenv } from '../../electron/dotenv/index.ts'
import { expect, test, type App } from './support/app.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'
import type { Page } from '@playwright/test'

const secrets = ['sk-canary-of-the-export-0001', 'sk-canary-of-the-export-0002']

/** What the page says in each language. */
const words = {
  en: {
    view: 'Import / export',
    tab: 'Export',
    real: 'Real keys',
    file: 'File',
    look: 'Look at it',
    reveal: 'Show the secrets',
    hide: 'Hide the secrets',
    write: 'Write the file',
    writeInto: 'Write into the file',
    done: 'The export is done',
    again: 'Export again',
    keep: 'Keep it',
    rotate: 'Rotate it',
    plain: /real keys in plain text/,
  },
  'zh-CN': {
    view: '导入 / 导出',
    tab: '导出',
    real: '真实密钥',
    file: '文件',
    look: '查看结果',
    reveal: '显示密钥',
    hide: '隐藏密钥',
    write: '写入文件',
    writeInto: '写入该文件',
    done: '导出完成',
    again: '再次导出',
    keep: '保留',
    rotate: '更换',
    plain: /明文保存真实密钥/,
  },
} as const
type Words = (typeof words)[keyof typeof words]

const fileOf = (app: App) => join(dirname(app.dataFolder), 'project.env')

async function openExport(page: Page, language: keyof typeof words): Promise<Words> {
  await importOnFirstRun(page, envFor('https://first.example/v1', secrets, 'glm-4.7'))
  await takeImport(page)
  if (language === 'zh-CN') await chooseLanguage(page, '简体中文')
  const say = words[language]
  await goTo(page, say.view)
  await page.getByRole('tab', { name: say.tab, exact: true }).click()
  return say
}

async function look(page: Page, say: Words, form: 'gateway' | 'keys') {
  if (form === 'keys') await page.getByText(say.real, { exact: true }).click()
  await page.getByLabel(say.file, { exact: true }).fill('~/project.env')
  await page.getByRole('button', { name: say.look, exact: true }).click()
}

for (const language of ['en', 'zh-CN'] as const) {
  test.describe(`in ${language}`, () => {
    test('a new file is shown with masks, revealed on request, and written for its owner alone', async ({
      app,
      page,
    }) => {
      const say = await openExport(page, language)
      await look(page, say, 'keys')
      await expect(page.getByText(say.plain)).toBeVisible()
      await expect(page.getByText('0002').first()).toBeVisible()
      expect(await page.content()).not.toContain('canary')
      await page.getByRole('button', { name: say.reveal }).click()
      await expect(page.getByText(secrets[1] ?? '')).toBeVisible()
      await page.getByRole('button', { name: say.hide }).click()
      expect(await page.content()).not.toContain('canary')
      await page.getByRole('button', { name: say.write }).click()
      await expect(page.getByRole('heading', { name: say.done })).toBeVisible()
      const read = importDotenv(await readFile(fileOf(app)))
      expect(read.ok && read.models.map(({ name, keys }) => ({ name, keys }))).toEqual([
        { name: 'glm-4.7', keys: secrets },
      ])
      expect((await stat(fileOf(app))).mode & 0o777).toBe(0o600)
    })

    test('an export into a file that is there changes one statement, and asks about the token the next time', async ({
      app,
      page,
    }) => {
      const before = '# mine\r\nexport A="x"\r\n\r\nB=\'not touched\' # here\r\n'
      await writeFile(fileOf(app), before, { mode: 0o640 })
      const say = await openExport(page, language)
      await look(page, say, 'gateway')
      await page.getByRole('button', { name: say.writeInto }).click()
      await expect(page.getByRole('heading', { name: say.done })).toBeVisible()
      const first = await readFile(fileOf(app), 'utf8')
      expect(first.startsWith(before)).toBe(true)
      expect(first).not.toContain('canary')
      expect((await stat(fileOf(app))).mode & 0o777).toBe(0o640)

      await page.getByRole('button', { name: say.again }).click()
      await look(page, say, 'gateway')
      await expect(page.getByRole('button', { name: say.writeInto })).toBeDisabled()
      await page.getByRole('radio', { name: say.keep }).check()
      await page.getByRole('button', { name: say.writeInto }).click()
      await expect(page.getByRole('heading', { name: say.done })).toBeVisible()
      expect(await readFile(fileOf(app), 'utf8')).toBe(first)

      await page.getByRole('button', { name: say.again }).click()
      await look(page, say, 'gateway')
      await page.getByRole('radio', { name: say.rotate }).check()
      await page.getByRole('button', { name: say.writeInto }).click()
      await expect(page.getByRole('heading', { name: say.done })).toBeVisible()
      const rotated = await readFile(fileOf(app), 'utf8')
      expect(rotated).not.toBe(first)
      expect(rotated.replace(/gw-[\w-]{43}/, 'TOKEN')).toBe(first.replace(/gw-[\w-]{43}/, 'TOKEN'))
    })
  })
}

test('a file that changed after the preview is shown anew before it is written', async ({ app, page }) => {
  await writeFile(fileOf(app), 'A=1\n')
  const say = await openExport(page, 'en')
  await look(page, say, 'keys')
  await expect(page.getByRole('button', { name: say.writeInto })).toBeEnabled()
  await writeFile(fileOf(app), 'A=1\nEDITED_MEANWHILE=1\n')
  await page.getByRole('button', { name: say.writeInto }).click()
  await expect(page.getByRole('tabpanel').getByRole('alert')).toContainText('was changed by something else')
  await expect(page.getByText('EDITED_MEANWHILE')).toBeVisible()
  await page.getByRole('button', { name: say.writeInto }).click()
  await expect(page.getByRole('heading', { name: say.done })).toBeVisible()
  expect(await readFile(fileOf(app), 'utf8')).toContain('EDITED_MEANWHILE=1\n')
})

test('what a file held before can be put back', async ({ app, page }) => {
  await writeFile(fileOf(app), 'A=the-earlier-one\n')
  const say = await openExport(page, 'en')
  await look(page, say, 'keys')
  await page.getByRole('button', { name: say.writeInto }).click()
  await page.getByRole('button', { name: say.again }).click()
  await page.getByRole('button', { name: /^Look at it: .*project\.env of/ }).click()
  await page.getByRole('button', { name: say.writeInto }).click()
  await expect(page.getByRole('heading', { name: say.done })).toBeVisible()
  expect(await readFile(fileOf(app), 'utf8')).toBe('A=the-earlier-one\n')
})

test('an earlier version stays one when the whole of it is shown', async ({ app, page }) => {
  const earlier = Array.from({ length: 40 }, (_, line) => `LINE_${line}=kept\n`).join('')
  await writeFile(fileOf(app), earlier)
  const say = await openExport(page, 'en')
  await look(page, say, 'keys')
  await page.getByRole('button', { name: say.writeInto }).click()
  await page.getByRole('button', { name: say.again }).click()
  await page.getByRole('button', { name: /^Look at it: .*project\.env of/ }).click()
  await page.getByRole('button', { name: 'Show every line' }).click()
  await expect(page.getByRole('button', { name: 'Show every line' })).toHaveCount(0)
  await page.getByRole('button', { name: say.writeInto }).click()
  await expect(page.getByRole('heading', { name: say.done })).toBeVisible()
  expect(await readFile(fileOf(app), 'utf8')).toBe(earlier)
})

test('a path that is no place for a file is refused in one sentence', async ({ page }) => {
  const say = await openExport(page, 'en')
  for (const [path, sentence] of [
    ['project.env', /must begin at the root/],
    ['~', /This is a folder/],
    ['/dev/null', /a device or a pipe/],
    ['~/no/such/folder/.env', /folder of this file does not exist/],
  ] as const) {
    await page.getByLabel(say.file, { exact: true }).fill(path)
    await page.getByRole('button', { name: say.look, exact: true }).click()
    await expect(page.getByRole('tabpanel').getByRole('alert')).toContainText(sentence)
  }
})
