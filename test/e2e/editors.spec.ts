import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './support/app.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'
import type { Page } from '@playwright/test'

const secretOf = (number: number) => `sk-of-the-test-account-${String(number).padStart(4, '0')}`

/** What stands on the buttons and fields, by language. */
const words = {
  en: {
    language: 'English',
    moreFor: 'More for acct-2',
    edit: 'Edit…',
    account: 'Account',
    lastDay: 'Last day',
    perMinute: 'Requests a minute',
    save: 'Save',
    cancel: 'Cancel',
    limitWrong: 'A whole number from 1 to 1,000,000,000, or nothing.',
    unsaved: 'This is not saved yet.',
    expired: 'expired',
    undo: 'Undo',
    add: 'Add keys',
    keys: 'Keys',
    found: 'What was found',
    foundKeys: '195 keys found',
    repeated: '20 were pasted twice',
    here: 'this model has 3 of them already',
    addFound: 'Add 192 keys',
    added: '192 keys were added. 3 were already there.',
    watch: /Key Watch/,
    watchEntry: 'scripted: 1 key has expired',
    close: 'Close',
    hour: 'Pause for an hour',
    paused: 'paused',
    selectAll: 'Select every key',
    more: 'More',
    labels: 'Set labels…',
    pattern: 'Pattern',
    settings: /Settings/,
    nextTen: 'The next ten',
    table: 'Keys of scripted',
  },
  'zh-CN': {
    language: '简体中文',
    moreFor: 'acct-2 的更多操作',
    edit: '编辑…',
    account: '账户',
    lastDay: '最后一天',
    perMinute: '每分钟请求数',
    save: '保存',
    cancel: '取消',
    limitWrong: '请填写 1 到 1,000,000,000 的整数，或留空。',
    unsaved: '内容尚未保存。',
    expired: '已过期',
    undo: '撤销',
    add: '添加密钥',
    keys: '密钥',
    found: '识别结果',
    foundKeys: '找到 195 个密钥',
    repeated: '20 个重复粘贴',
    here: '该模型已有其中 3 个',
    addFound: '添加 192 个密钥',
    added: '已添加 192 个密钥。3 个已存在。',
    watch: /密钥检查/,
    watchEntry: 'scripted：1 个密钥已到期',
    close: '关闭',
    hour: '暂停一小时',
    paused: '已暂停',
    selectAll: '选择全部密钥',
    more: '更多',
    labels: '批量设置标签…',
    pattern: '格式',
    settings: /设置/,
    nextTen: '接下来的十次',
    table: 'scripted 的密钥',
  },
} as const

async function nothingWrong(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const severe = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(severe.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

for (const language of ['en', 'zh-CN'] as const) {
  const say = words[language]

  const openKeys = async (page: Page) => {
    await importOnFirstRun(page, envFor('https://api.example.com/v1', [1, 2, 3].map(secretOf)))
    await takeImport(page)
    await goTo(page, 'Models & keys')
    if (language !== 'en') await chooseLanguage(page, say.language)
    const table = page.getByRole('table', { name: say.table })
    await table.waitFor()
    return { table, row: (label: string) => table.getByRole('row').filter({ hasText: label }) }
  }
  const openMenu = (page: Page) => page.getByRole('button', { name: say.moreFor }).click()

  test.describe(`in ${language}`, () => {
    test('a key is given an account, a limit and a last day; what is wrong is said at its field', async ({ page }) => {
      const { row } = await openKeys(page)
      await openMenu(page)
      await page.getByRole('menuitem', { name: say.edit }).click()
      const form = page.getByRole('dialog')
      await form.getByRole('textbox', { name: say.account }).fill('team-a')
      await form.getByRole('textbox', { name: say.perMinute }).fill('0')
      await form.getByRole('button', { name: say.save }).click()
      await expect(form.getByText(say.limitWrong)).toBeVisible()
      await expect(form.getByRole('textbox', { name: say.perMinute })).toHaveAttribute('aria-invalid', 'true')
      await nothingWrong(page)
      await form.getByRole('textbox', { name: say.perMinute }).fill('60')
      await form.getByRole('button', { name: say.cancel }).last().click()
      await expect(form.getByText(say.unsaved)).toBeVisible()
      await form.getByLabel(say.lastDay).fill('2020-01-31')
      await form.getByRole('button', { name: say.save }).click()
      await expect(row('acct-2')).toContainText('@team-a')
      await expect(row('acct-2')).toContainText(say.expired)
      await page.getByRole('link', { name: say.watch }).click()
      await expect(page.getByRole('dialog').getByText(say.watchEntry)).toBeVisible()
      await nothingWrong(page)
      await page.getByRole('dialog').getByRole('button', { name: say.close }).click()
      await page.getByRole('button', { name: say.undo }).last().click()
      await expect(row('acct-2')).not.toContainText(say.expired)
    })

    test('200 mixed keys are pasted, looked at before they are added, and taken back', async ({ page }) => {
      const { table } = await openKeys(page)
      await page.getByRole('button', { name: say.add }).click()
      const fresh = Array.from({ length: 195 }, (_, index) => secretOf(index + 1))
      const malformed = ['sk-…abcd', '“sk-curly-quotes”', 'sk-ｆull-width', '***', 'schlüssel']
      const text = [...fresh, ...fresh.slice(0, 20), ...malformed].join('\n')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: say.keys }).fill(text)
      const found = dialog.getByRole('list', { name: say.found })
      await expect(found).toContainText(say.foundKeys)
      await expect(found).toContainText(say.repeated)
      await expect(found).toContainText(say.here)
      await nothingWrong(page)
      await dialog.getByRole('button', { name: say.addFound }).click()
      await expect(page.getByText(say.added)).toBeVisible()
      await expect(table).toHaveAttribute('aria-rowcount', '196')
      await page.getByRole('button', { name: say.undo }).last().click()
      await expect(table).toHaveAttribute('aria-rowcount', '4')
    })

    test('a key rests for an hour, and then the next ten leave it out', async ({ page }) => {
      const { row } = await openKeys(page)
      await openMenu(page)
      await page.getByRole('menuitem', { name: say.hour }).click()
      await expect(row('acct-2')).toContainText(say.paused)
      await page.getByRole('tab', { name: say.settings }).click()
      const picks = page.getByRole('list', { name: say.nextTen }).getByRole('listitem')
      await expect(picks).toHaveCount(10)
      expect(new Set(await picks.allInnerTexts())).toEqual(new Set(['acct-1', 'acct-3']))
    })

    test('many keys are labelled by a pattern, and have their old labels again after an undo', async ({ page }) => {
      const { row } = await openKeys(page)
      await page.getByRole('checkbox', { name: say.selectAll }).check()
      await page.getByRole('button', { name: say.more, exact: true }).click()
      await page.getByRole('menuitem', { name: say.labels }).click()
      await page.getByRole('textbox', { name: say.pattern }).fill('lab-##')
      await page.getByRole('dialog').getByRole('button', { name: say.save }).click()
      await expect(row('lab-03')).toBeVisible()
      await page.getByRole('button', { name: say.undo }).last().click()
      await expect(row('acct-3')).toBeVisible()
    })
  })
}
