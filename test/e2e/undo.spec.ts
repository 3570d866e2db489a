import { expect, test } from './support/app.ts'
import {
  chooseLanguage,
  chooseTheme,
  envFor,
  goTo,
  importOnFirstRun,
  startSimulator,
  takeImport,
} from './support/keywheel.ts'
import type { Page } from '@playwright/test'

const words = {
  en: {
    language: 'English',
    select: 'Select acct-2',
    pause: 'Pause',
    pausedSaid: '1 key is paused.',
    paused: 'paused',
    backSaid: 'Taken back: 1 key is paused.',
    messages: /^Messages/,
    takenBack: 'taken back',
    label: 'Label: acct-3',
    labelField: 'Label',
    move: 'Move acct-1',
    undoOfLabel: 'Undo: team was saved.',
    unsaved: 'This is not saved yet.',
    cancel: 'Cancel',
    discard: 'Discard it',
    addKeys: 'Add keys',
    keys: 'Keys',
    close: 'Close',
    edit: 'Edit…',
    account: 'Account',
    moreFor: 'More for acct-2',
    replace: 'Replace key',
    newKey: 'The new key',
    undo: 'Undo',
    stillKept: 'acct-2 has a new key. The one that served last (…0002) is still kept.',
    goBack: 'Go back to the old key',
  },
  'zh-CN': {
    language: '简体中文',
    select: '选择 acct-2',
    pause: '暂停',
    pausedSaid: '已暂停 1 个密钥。',
    paused: '已暂停',
    backSaid: '已撤销：已暂停 1 个密钥。',
    messages: /^消息/,
    takenBack: '已撤销',
    label: '标签: acct-3',
    labelField: '标签',
    move: '移动 acct-1',
    undoOfLabel: '撤销：已保存 team。',
    unsaved: '内容尚未保存。',
    cancel: '取消',
    discard: '放弃修改',
    addKeys: '添加密钥',
    keys: '密钥',
    close: '关闭',
    edit: '编辑…',
    account: '账户',
    moreFor: 'acct-2 的更多操作',
    replace: '替换密钥',
    newKey: '新密钥',
    undo: '撤销',
    stillKept: 'acct-2 已换用新密钥。上一个服务过请求的密钥（…0002）仍然保留。',
    goBack: '换回旧密钥',
  },
} as const

const secretOf = (number: number) => `sk-of-the-test-account-${String(number).padStart(4, '0')}`
const row = (page: Page, label: string) => page.getByRole('row').filter({ hasText: label })
const labels = async (page: Page) => page.getByRole('row').getByRole('rowheader').allInnerTexts()

for (const language of ['en', 'zh-CN'] as const) {
  const say = words[language]

  test.describe(`in ${language}`, () => {
    test.beforeEach(async ({ page }) => {
      await importOnFirstRun(page, envFor('https://api.example.com/v1', [1, 2, 3].map(secretOf)))
      await takeImport(page)
      await goTo(page, 'Models & keys')
      if (language !== 'en') await chooseLanguage(page, say.language)
    })

    test('what a toast said is read again in a list, and taken back from there', async ({ page }) => {
      await page.getByRole('checkbox', { name: say.select }).check()
      await page.getByRole('button', { name: say.pause, exact: true }).click()
      await expect(row(page, 'acct-2')).toContainText(say.paused)
      await page.getByRole('button', { name: say.messages }).click()
      const list = page.getByRole('dialog').getByRole('list', { name: say.messages })
      await list.getByRole('listitem').filter({ hasText: say.pausedSaid }).getByRole('button').click()
      await expect(list).toContainText(say.takenBack)
      await page.keyboard.press('Escape')
      await expect(page.getByText(say.backSaid)).toBeVisible()
      await expect(row(page, 'acct-2')).not.toContainText(say.paused)
    })

    test('Ctrl Z takes back step by step: a move, then a label', async ({ page }) => {
      await page.getByRole('button', { name: say.label }).click()
      await page.getByRole('textbox', { name: say.labelField }).fill('team')
      await page.keyboard.press('Enter')
      await expect(row(page, 'team')).toBeVisible()
      await page.getByRole('button', { name: say.move }).focus()
      await page.keyboard.press('Alt+ArrowDown')
      await expect.poll(async () => (await labels(page))[0]).toContain('acct-2')
      await page.keyboard.press('Control+z')
      await expect.poll(async () => (await labels(page))[0]).toContain('acct-1')
      await page.keyboard.press('Control+z')
      await expect(row(page, 'team')).toBeHidden()
      await expect(row(page, 'acct-3')).toBeVisible()
    })

    test('a key that was replaced comes back, from the message and from the notice', async ({ page }) => {
      const replace = async (number: number) => {
        await page.getByRole('button', { name: say.moreFor }).click()
        await page.getByRole('menuitem', { name: say.replace }).click()
        await page.getByRole('dialog').getByLabel(say.newKey, { exact: true }).fill(secretOf(number))
        await page.getByRole('dialog').getByRole('button', { name: say.replace }).click()
        await expect(row(page, 'acct-2')).toContainText(`…000${number}`)
      }
      await replace(8)
      await page.getByRole('button', { name: say.undo }).last().click()
      await expect(row(page, 'acct-2')).toContainText('…0002')
      await replace(8)
      await replace(9)
      await expect(page.getByText(say.stillKept)).toBeVisible()
      await page.getByRole('button', { name: say.goBack }).click()
      await expect(row(page, 'acct-2')).toContainText('…0002')
      await expect(page.getByRole('button', { name: say.goBack })).toBeHidden()
    })

    test('a form that was filled in is left only by the second way out', async ({ page }) => {
      await page.getByRole('button', { name: say.addKeys }).click()
      const form = page.getByRole('dialog')
      await form.getByRole('textbox', { name: say.keys }).fill('sk-typed-and-not-added-0001')
      await page.keyboard.press('Escape')
      await expect(form.getByText(say.unsaved)).toBeVisible()
      await form.getByRole('textbox', { name: say.keys }).fill('sk-typed-and-not-added-0002')
      await expect(form.getByText(say.unsaved)).toBeHidden()
      await form.getByRole('button', { name: say.cancel }).last().click()
      await expect(form.getByText(say.unsaved)).toBeVisible()
      await form.getByRole('button', { name: say.discard }).click()
      await expect(form).toBeHidden()

      await page.getByRole('button', { name: say.moreFor }).click()
      await page.getByRole('menuitem', { name: say.edit }).click()
      await form.getByRole('textbox', { name: say.account }).fill('team-a')
      await page.keyboard.press('Escape')
      await expect(form.getByText(say.unsaved)).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(form).toBeHidden()
      await expect(page.getByRole('button', { name: say.moreFor })).toBeFocused()
    })
  })
}

test('a setting is taken back like everything else', async ({ page }) => {
  await startSimulator(page)
  await chooseTheme(page, 'dark')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.keyboard.press('Control+z')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
})
