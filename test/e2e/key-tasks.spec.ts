import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream, type MockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test } from './support/app.ts'
import {
  chooseLanguage,
  chooseTheme,
  envFor,
  goTo,
  importOnFirstRun,
  send,
  startSimulator,
  takeImport,
} from './support/keywheel.ts'

const words = {
  en: {
    language: 'English',
    models: 'Models & keys',
    playground: 'Playground',
    testAll: 'Test all',
    answered: 'answered in',
    limited: /cooling/,
    exhausted: /exhausted/,
    rejected: /rejected/,
    failed: 'provider failed',
    notAllowed: 'not allowed here',
    select: 'Select acct-1',
    pause: 'Pause',
    paused: 'paused',
    palette: 'Go to a view, a model or an action…',
    editing: 'Edit acct-2',
    settings: 'Settings',
    backups: 'Backups',
    strategy: /^Whose turn it is/,
    weighted: /^weighted/,
    undo: 'Undo',
    select2: 'Select acct-2',
    move: 'Move acct-3',
    second: 'acct-3 is now 2 of 3.',
    first: 'acct-3 is now 1 of 3.',
    delete: 'Delete',
    modelSettings: /^Settings/,
    apiBase: 'Base URL',
    save: 'Save',
    question: 'Send these keys to another host?',
    keep: 'Keep the old host',
    allow: /relay\.example/,
  },
  'zh-CN': {
    language: '简体中文',
    models: '模型与密钥',
    playground: '试验场',
    testAll: '全部测试',
    answered: '内回答',
    limited: /冷却中/,
    exhausted: /已耗尽/,
    rejected: /被拒绝/,
    failed: '服务商出错',
    notAllowed: '此处无权限',
    select: '选择 acct-1',
    pause: '暂停',
    paused: '已暂停',
    palette: '前往视图、模型或操作…',
    editing: '编辑 acct-2',
    settings: '设置',
    backups: '备份',
    strategy: /^轮换方式/,
    weighted: /^加权/,
    undo: '撤销',
    select2: '选择 acct-2',
    move: '移动 acct-3',
    second: 'acct-3 现在是第 2 个，共 3 个。',
    first: 'acct-3 现在是第 1 个，共 3 个。',
    delete: '删除',
    modelSettings: /^设置/,
    apiBase: '基础地址',
    save: '保存',
    question: '把这些密钥发送到其他主机？',
    keep: '保留原主机',
    allow: /relay\.example/,
  },
} as const

const secretOf = (number: number) => `sk-of-a-task-account-${String(number).padStart(4, '0')}`
const row = (page: Page, label: string) => page.getByRole('table').getByRole('row').filter({ hasText: label })

async function openModels(page: Page, provider: MockUpstream, keys: number, language: keyof typeof words) {
  const secrets = Array.from({ length: keys }, (_, index) => secretOf(index + 1))
  await importOnFirstRun(page, envFor(provider.url, secrets))
  await takeImport(page)
  await goTo(page, 'Models & keys')
  if (language !== 'en') await chooseLanguage(page, words[language].language)
}

for (const language of ['en', 'zh-CN'] as const) {
  const say = words[language]

  test.describe(`in ${language}`, () => {
    let provider: MockUpstream
    test.beforeEach(async () => {
      provider = await startMockUpstream(['scripted'])
    })
    test.afterEach(() => provider.close())

    test('all keys are tested, and each failure is said in its row', async ({ page }) => {
      await provider.close()
      provider = await startMockUpstream([])
      const noAccess = { code: 'model_not_found', message: 'The model does not exist or you do not have access to it' }
      const failures = [
        upstream.rateLimits(90),
        upstream.outOfQuota(),
        upstream.rejectsKey(),
        upstream.refuses(500),
        upstream.refuses(404, noAccess),
        upstream.resets(),
      ]
      const answers = [upstream.says('ok'), ...failures]
      for (const [index, answer] of answers.entries()) provider.script(secretOf(index + 1), answer)
      await openModels(page, provider, answers.length, language)
      await page.getByRole('button', { name: say.testAll }).click()
      await expect(row(page, 'acct-1')).toContainText(say.answered)
      await expect(row(page, 'acct-2')).toContainText(say.limited)
      await expect(row(page, 'acct-3')).toContainText(say.exhausted)
      await expect(row(page, 'acct-4')).toContainText(say.rejected)
      await expect(row(page, 'acct-5')).toContainText(say.failed)
      await expect(row(page, 'acct-6')).toContainText(say.notAllowed)
      await expect(row(page, 'acct-7')).toContainText(say.failed)
      await expect(page.getByRole('button', { name: say.testAll })).toBeVisible()
    })

    test('a key that is paused while it answers finishes its answer, and is asked no more', async ({ page }) => {
      let release = () => {}
      const gate = new Promise<void>((resolve) => (release = resolve))
      provider.script(secretOf(1), upstream.held(gate, upstream.says('the late answer')))
      provider.script(secretOf(2), upstream.says('from the second'))
      await openModels(page, provider, 2, 'en')
      await goTo(page, 'Playground')
      await send(page, 'hello')
      await provider.arrival(1)
      await goTo(page, 'Models & keys')
      if (language !== 'en') await chooseLanguage(page, say.language)
      await page.getByRole('checkbox', { name: say.select }).check()
      await page.getByRole('button', { name: say.pause, exact: true }).click()
      await expect(row(page, 'acct-1')).toContainText(say.paused)
      release()
      await page.getByRole('link', { name: say.playground, exact: true }).click()
      await expect(page.getByText('the late answer')).toBeVisible()
      await page.getByRole('textbox').last().fill('again')
      await page.keyboard.press('Enter')
      await expect(page.getByText('from the second')).toBeVisible()
      expect(provider.requests.filter(({ method }) => method === 'POST').map(({ key }) => key)).toEqual([
        secretOf(1),
        secretOf(2),
      ])
    })

    test('the palette opens a key by its label, and a part of the settings by its name', async ({ page }) => {
      await openModels(page, provider, 3, language)
      const search = page.getByPlaceholder(say.palette)
      await page.keyboard.press('Control+k')
      await expect(search).toBeFocused()
      await search.fill('acct-2')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('dialog', { name: say.editing })).toBeVisible()
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await expect(search).toBeFocused()
      await search.fill(say.backups)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { level: 1, name: say.settings })).toBeVisible()
      await expect(page.getByRole('region', { name: say.backups })).toBeFocused()
    })

    test('a key is moved with Alt and the arrows, and each step is told', async ({ page }) => {
      await openModels(page, provider, 3, language)
      await page.getByRole('button', { name: say.move }).focus()
      await page.keyboard.press('Alt+ArrowUp')
      await expect(page.getByText(say.second)).toBeAttached()
      await page.keyboard.press('Alt+ArrowUp')
      await expect(page.getByText(say.first)).toBeAttached()
      await expect(page.getByRole('table').getByRole('row').nth(1)).toContainText('acct-3')
      await expect(page.getByRole('button', { name: say.move })).toBeFocused()
    })

    test('keys that were deleted together come back together, where they were', async ({ page }) => {
      await openModels(page, provider, 3, language)
      const labels = page.getByRole('table').getByRole('rowheader')
      await page.getByRole('checkbox', { name: say.select }).check()
      await page.getByRole('checkbox', { name: say.select2 }).check()
      await page.getByRole('button', { name: say.delete, exact: true }).click()
      await expect(labels).toHaveText([/acct-3/])
      await page.getByRole('button', { name: say.undo }).last().click()
      await expect(labels).toHaveText([/acct-1/, /acct-2/, /acct-3/])
    })

    test('a base URL at another host is a question that names both, and only its yes saves', async ({ page }) => {
      await openModels(page, provider, 1, language)
      await page.getByRole('tab', { name: say.modelSettings }).click()
      const field = page.getByRole('combobox', { name: say.apiBase })
      const save = page.getByRole('button', { name: say.save, exact: true })
      await field.fill('https://relay.example/v1')
      await save.click()
      const question = page.getByRole('dialog', { name: say.question })
      await expect(question).toContainText(new URL(provider.url).host)
      await expect(question).toContainText('relay.example')
      await question.getByRole('button', { name: say.keep }).last().click()
      await expect(page.getByRole('main')).toContainText(provider.url)
      await save.click()
      await question.getByRole('button', { name: say.allow }).click()
      await expect(question).toBeHidden()
      await expect(page.getByRole('main').getByRole('link', { name: 'scripted' })).toContainText('relay.example')
    })

    test('the strategy is changed beside the keys, and changed back', async ({ page }) => {
      await openModels(page, provider, 2, language)
      const menu = page.getByRole('button', { name: say.strategy })
      const before = await menu.innerText()
      await menu.click()
      await page.getByRole('menuitem', { name: say.weighted }).click()
      await expect(menu).not.toHaveText(before)
      await page.getByRole('button', { name: say.undo }).last().click()
      await expect(menu).toHaveText(before)
    })
  })
}

for (const theme of ['light', 'dark'] as const) {
  test(`with more contrast no view has a fault that axe knows, in the ${theme} theme`, async ({ page }) => {
    await startSimulator(page)
    await chooseTheme(page, theme)
    await page.emulateMedia({ contrast: 'more' })
    for (const view of ['Dashboard', 'Models & keys', 'Playground', 'Activity', 'Gateway', 'Settings']) {
      await goTo(page, view)
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
      expect(
        violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        view,
      ).toEqual([])
    }
  })
}

test('the density is chosen in Settings and kept', async ({ app, page }) => {
  await startSimulator(page)
  await goTo(page, 'Settings')
  await page.getByText('Compact', { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact')
  const again = await app.restart()
  await expect(again.locator('html')).toHaveAttribute('data-density', 'compact')
})
