// What a person notes about a key and what the rotation makes of it: whose account it is, and its last day.
import type { Page } from '@playwright/test'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream, type MockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test } from './support/app.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'

const words = {
  en: {
    models: 'Models & keys',
    playground: 'Playground',
    message: 'Message',
    cooling: /cooling/,
    ready: /ready/,
    expired: 'expired',
    soon: 'expires soon',
    moreFor: (label: string) => `More for ${label}`,
    edit: 'Edit…',
    account: 'Account',
    lastDay: 'Last day',
    save: 'Save',
    bin: 'Bin (2)',
    restoreAll: 'Bring back all 2',
    emptyBin: 'The bin is empty.',
    select: (label: string) => `Select ${label}`,
    delete: 'Delete',
    binTitle: 'Bin',
    close: 'Close',
  },
  'zh-CN': {
    models: '模型与密钥',
    playground: '试验场',
    message: '消息',
    cooling: /冷却中/,
    ready: /就绪/,
    expired: '已过期',
    soon: '即将到期',
    moreFor: (label: string) => `${label} 的更多操作`,
    edit: '编辑…',
    account: '账户',
    lastDay: '最后一天',
    save: '保存',
    bin: '回收站（2）',
    restoreAll: '恢复全部 2 个',
    emptyBin: '回收站是空的。',
    select: (label: string) => `选择 ${label}`,
    delete: '删除',
    binTitle: '回收站',
    close: '关闭',
  },
} as const

const dayMs = 24 * 3_600_000
const secretOf = (number: number) => `sk-of-a-noted-account-${String(number).padStart(4, '0')}`
const row = (page: Page, label: string) => page.getByRole('table').getByRole('row').filter({ hasText: label })

for (const language of ['en', 'zh-CN'] as const) {
  const say = words[language]

  async function editKey(page: Page, label: string, field: string, text: string) {
    await page.getByRole('button', { name: say.moreFor(label) }).click()
    await page.getByRole('menuitem', { name: say.edit }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel(field, { exact: true }).fill(text)
    await form.getByRole('button', { name: say.save }).click()
    await expect(form).toBeHidden()
  }

  async function ask(page: Page, text: string, answer: string) {
    await page.getByRole('link', { name: say.playground, exact: true }).click()
    await page.getByRole('textbox', { name: say.message, exact: true }).fill(text)
    await page.keyboard.press('Enter')
    await expect(page.getByText(answer)).toBeVisible()
    await page.getByRole('link', { name: say.models, exact: true }).click()
  }

  test.describe(`in ${language}`, () => {
    let provider: MockUpstream
    test.beforeEach(async ({ page }) => {
      provider = await startMockUpstream(['scripted'])
      await importOnFirstRun(page, envFor(provider.url, [1, 2, 3].map(secretOf)))
      await takeImport(page)
      await goTo(page, 'Models & keys')
      if (language !== 'en') await chooseLanguage(page, '简体中文')
    })
    test.afterEach(() => provider.close())

    const askedWith = () => provider.requests.filter(({ method }) => method === 'POST').map(({ key }) => key)

    test('a limit of one key of an account rests the others of it, and none of another', async ({ page }) => {
      provider.script(secretOf(1), upstream.rateLimits(90))
      provider.script(secretOf(2), upstream.says('of the same account'))
      provider.script(secretOf(3), upstream.says('of another account'))
      for (const label of ['acct-1', 'acct-2']) await editKey(page, label, say.account, 'team-a')
      await editKey(page, 'acct-3', say.account, 'team-b')
      await ask(page, 'hello', 'of another account')
      await expect(row(page, 'acct-1')).toContainText(say.cooling)
      await expect(row(page, 'acct-2')).toContainText(say.cooling)
      await expect(row(page, 'acct-3')).toContainText(say.ready)
      expect(askedWith()).toEqual([secretOf(1), secretOf(3)])
    })

    test('a key past its last day is said to be, and is asked no more', async ({ app, page }) => {
      for (const number of [1, 2, 3]) provider.script(secretOf(number), upstream.says(`from number ${number}`))
      await editKey(page, 'acct-1', say.lastDay, '2020-01-31')
      await editKey(page, 'acct-2', say.lastDay, new Date(Date.now() + 7 * dayMs).toISOString().slice(0, 10))
      await expect(row(page, 'acct-1')).toContainText(say.expired)
      await expect(row(page, 'acct-2')).toContainText(say.soon)
      await ask(page, 'one', 'from number 2')
      await ask(page, 'two', 'from number 3')
      expect(askedWith()).toEqual([secretOf(2), secretOf(3)])
      await app.screenshot(`key-terms-${language}`)
    })

    test('keys that were deleted wait in the bin, and come back from there', async ({ page }) => {
      await page.getByRole('checkbox', { name: say.select('acct-1') }).check()
      await page.getByRole('checkbox', { name: say.select('acct-2') }).check()
      await page.getByRole('button', { name: say.delete, exact: true }).click()
      await expect(row(page, 'acct-1')).toBeHidden()
      await page.reload()
      await page.getByRole('link', { name: say.bin }).click()
      const bin = page.getByRole('dialog', { name: say.binTitle })
      await expect(bin).toContainText('acct-2')
      await bin.getByRole('button', { name: say.restoreAll }).click()
      await expect(bin).toContainText(say.emptyBin)
      await bin.getByRole('button', { name: say.close }).click()
      await expect(page.getByRole('table').getByRole('rowheader')).toHaveText([/acct-1/, /acct-2/, /acct-3/])
      await expect(row(page, 'acct-2')).toContainText('…0002')
    })
  })
}
