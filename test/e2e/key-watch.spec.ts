// Each finding of Key Watch, and that what is offered for it does what it says.
import type { Page } from '@playwright/test'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream, type MockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test } from './support/app.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'

const words = {
  en: {
    watch: /^Key Watch/,
    close: 'Close',
    nothing: 'Nothing needs your attention.',
    test: 'Test now',
    remove: 'Remove',
    pause: 'Pause',
    addKeys: 'Add keys',
    changeDay: 'Change the day',
    fixOf: (fix: string, model: string) => `${fix}: ${model}`,
    rejected: 'scripted: 1 key was refused',
    expired: 'scripted: 1 key has expired',
    expiring: 'scripted: 1 key expires soon',
    placeholder: 'gpt-4o: 1 key looks like an example',
    foreign: "gpt-4o: 1 key looks like another provider's",
    duplicate: 'gpt-4o: 1 key is also in another model',
    duplicateToo: 'gpt-4o-mini: 1 key is also in another model',
    oneAccount: 'scripted: all 2 keys are of one account',
    tooFew: 'scripted: 1 key for the load seen',
    stale: 'scripted: 2 keys have not been used for a month',
    unused: 'scripted: 1 key was never used',
    testAll: 'Test all',
    answered: 'answered in',
    refused: /rejected/,
    paused: 'paused',
    expiredState: 'expired',
    testOf: (label: string) => `Test ${label}`,
    moreFor: (label: string) => `More for ${label}`,
    edit: 'Edit…',
    editing: (label: string) => `Edit ${label}`,
    account: 'Account',
    lastDay: 'Last day',
    save: 'Save',
    keys: 'Keys',
    addOne: 'Add 1 key',
  },
  'zh-CN': {
    watch: /^密钥检查/,
    close: '关闭',
    nothing: '没有需要关注的问题。',
    test: '立即测试',
    remove: '移除',
    pause: '暂停',
    addKeys: '添加密钥',
    changeDay: '更改日期',
    fixOf: (fix: string, model: string) => `${fix}：${model}`,
    rejected: 'scripted：1 个密钥被拒绝',
    expired: 'scripted：1 个密钥已到期',
    expiring: 'scripted：1 个密钥即将到期',
    placeholder: 'gpt-4o：1 个密钥像是示例',
    foreign: 'gpt-4o：1 个密钥像是其他服务商的',
    duplicate: 'gpt-4o：1 个密钥也在其他模型中',
    duplicateToo: 'gpt-4o-mini：1 个密钥也在其他模型中',
    oneAccount: 'scripted：全部 2 个密钥属于同一账户',
    tooFew: 'scripted：按目前的负载只有 1 个密钥',
    stale: 'scripted：2 个密钥一个月没有用过',
    unused: 'scripted：1 个密钥从未用过',
    testAll: '全部测试',
    answered: '内回答',
    refused: /被拒绝/,
    paused: '已暂停',
    expiredState: '已过期',
    testOf: (label: string) => `测试 ${label}`,
    moreFor: (label: string) => `${label} 的更多操作`,
    edit: '编辑…',
    editing: (label: string) => `编辑 ${label}`,
    account: '账户',
    lastDay: '最后一天',
    save: '保存',
    keys: '密钥',
    addOne: '添加 1 个密钥',
  },
} as const

const dayMs = 24 * 3_600_000
const secretOf = (number: number) => `sk-of-a-watched-account-${String(number).padStart(4, '0')}`
const row = (page: Page, label: string) => page.getByRole('table').getByRole('row').filter({ hasText: label })

for (const language of ['en', 'zh-CN'] as const) {
  const say = words[language]
  const dialog = (page: Page) => page.getByRole('dialog', { name: say.watch })
  const entry = (page: Page, what: string) => dialog(page).getByRole('listitem').filter({ hasText: what })
  const openWatch = (page: Page) => page.getByRole('link', { name: say.watch }).click()
  const closeWatch = (page: Page) => dialog(page).getByRole('button', { name: say.close }).click()

  const fix = (page: Page, what: string, how: 'test' | 'remove' | 'pause' | 'addKeys' | 'changeDay') =>
    entry(page, what)
      .getByRole('button', { name: say.fixOf(say[how], what.split(/[:：]/)[0] ?? '') })
      .click()

  async function openKeys(page: Page, file: string) {
    await importOnFirstRun(page, file)
    await takeImport(page)
    await goTo(page, 'Models & keys')
    if (language !== 'en') await chooseLanguage(page, '简体中文')
  }

  async function editKey(page: Page, label: string, fill: (form: ReturnType<Page['getByRole']>) => Promise<void>) {
    await page.getByRole('button', { name: say.moreFor(label) }).click()
    await page.getByRole('menuitem', { name: say.edit }).click()
    const form = page.getByRole('dialog', { name: say.editing(label) })
    await fill(form)
    await form.getByRole('button', { name: say.save }).click()
    await expect(form).toBeHidden()
  }

  async function testAll(page: Page) {
    await page.getByRole('button', { name: say.testAll }).click()
    await expect(row(page, 'acct-1')).toContainText(say.answered)
  }

  async function addKey(page: Page, secret: string) {
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: say.keys }).fill(secret)
    await form.getByRole('button', { name: say.addOne }).click()
    await expect(form).toBeHidden()
  }

  test.describe(`in ${language}`, () => {
    let provider: MockUpstream
    test.beforeEach(async () => {
      provider = await startMockUpstream([])
      for (const number of [1, 2, 3]) provider.script(secretOf(number), upstream.says('ok'))
    })
    test.afterEach(() => provider.close())

    test('a refused key is tested from there, and works again', async ({ page }) => {
      provider.script(secretOf(2), upstream.rejectsKey(), upstream.says('ok'))
      await openKeys(page, envFor(provider.url, [1, 2].map(secretOf)))
      await testAll(page)
      await expect(row(page, 'acct-2')).toContainText(say.refused)
      await openWatch(page)
      await fix(page, say.rejected, 'test')
      await expect(dialog(page)).toBeHidden()
      await expect(row(page, 'acct-2')).toContainText(say.answered)
      await expect(page.getByRole('link', { name: say.watch })).toBeHidden()
    })

    test('a key past its last day, or near it, is given another one', async ({ page }) => {
      await openKeys(page, envFor(provider.url, [1, 2].map(secretOf)))
      const inAWeek = new Date(Date.now() + 7 * dayMs).toISOString().slice(0, 10)
      await editKey(page, 'acct-1', (form) => form.getByLabel(say.lastDay).fill('2020-01-31'))
      await editKey(page, 'acct-2', (form) => form.getByLabel(say.lastDay).fill(inAWeek))
      await expect(row(page, 'acct-1')).toContainText(say.expiredState)
      for (const [what, label] of [[say.expired, 'acct-1'] as const, [say.expiring, 'acct-2'] as const]) {
        await openWatch(page)
        await fix(page, what, 'changeDay')
        const form = page.getByRole('dialog', { name: say.editing(label) })
        await form.getByLabel(say.lastDay).fill('')
        await form.getByRole('button', { name: say.save }).click()
        await expect(form).toBeHidden()
      }
      await expect(row(page, 'acct-1')).not.toContainText(say.expiredState)
      await expect(page.getByRole('link', { name: say.watch })).toBeHidden()
    })

    test('an example, another provider’s key and a key in two models are taken out', async ({ page }) => {
      const api_base = 'https://api.openai.com/v1'
      const shared = 'sk-proj-of-both-models-0001'
      const models = {
        'gpt-4o': { api_base, api_key: [shared, 'your-api-key', 'sk-ant-api03-of-a-person-0003'] },
        'gpt-4o-mini': { api_base, api_key: [shared] },
      }
      await openKeys(page, `LLM_MODEL_CONFIGS='${JSON.stringify(models)}'\n`)
      await openWatch(page)
      await expect(dialog(page).getByRole('listitem')).toHaveCount(4)
      await fix(page, say.placeholder, 'remove')
      await expect(entry(page, say.placeholder)).toHaveCount(0)
      await fix(page, say.foreign, 'remove')
      await expect(entry(page, say.foreign)).toHaveCount(0)
      await expect(entry(page, say.duplicate)).toContainText('gpt-4o-mini')
      await fix(page, say.duplicateToo, 'remove')
      await expect(dialog(page)).toContainText(say.nothing)
    })

    test('keys of one account are joined by one of another', async ({ page }) => {
      await openKeys(page, envFor(provider.url, [1, 2].map(secretOf)))
      for (const label of ['acct-1', 'acct-2'])
        await editKey(page, label, (form) => form.getByRole('textbox', { name: say.account }).fill('team-a'))
      await openWatch(page)
      await fix(page, say.oneAccount, 'addKeys')
      await addKey(page, secretOf(3))
      await expect(page.getByRole('link', { name: say.watch })).toBeHidden()
    })

    test('too few keys for the load seen are joined by another', async ({ page }) => {
      await openKeys(page, envFor(provider.url, [secretOf(1)]))
      await testAll(page)
      await openWatch(page)
      await fix(page, say.tooFew, 'addKeys')
      await addKey(page, secretOf(2))
      await expect(page.getByRole('link', { name: say.watch })).toBeHidden()
    })

    test('a key that was never used is tried, and keys that rest too long are paused', async ({ page }) => {
      await openKeys(page, envFor(provider.url, [secretOf(1), secretOf(2)]))
      await page.getByRole('button', { name: say.testOf('acct-1') }).click()
      await expect(row(page, 'acct-1')).toContainText(say.answered)
      await page.clock.setFixedTime(Date.now() + 40 * dayMs)
      await openWatch(page)
      await fix(page, say.unused, 'test')
      await expect(row(page, 'acct-2')).toContainText(say.answered)
      await openWatch(page)
      await expect(entry(page, say.unused)).toHaveCount(0)
      await fix(page, say.stale, 'pause')
      await expect(dialog(page)).toContainText(say.nothing)
      await closeWatch(page)
      await expect(row(page, 'acct-1')).toContainText(say.paused)
      await expect(row(page, 'acct-2')).toContainText(say.paused)
    })
  })
}
