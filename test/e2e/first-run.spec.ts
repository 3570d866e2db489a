import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { slowAnswers } from './support/slow-answers.ts'
import { goTo, guideExample, importOnFirstRun, passphrase, takeImport } from './support/keywheel.ts'

const firstWords = {
  en: { start: 'Start the simulator', playground: 'Playground', message: 'Message', answered: /attempt/ },
  'zh-CN': { start: '启动模拟器', playground: '试验场', message: '消息', answered: /[\u4e00-\u9fff]{4}/ },
} as const

/** A click, a text that is typed and a key that is pressed are an interaction each. */
function countingHand(page: Page) {
  let count = 0
  const one = (act: Promise<void>) => {
    count += 1
    return act
  }
  return {
    click: (target: Locator) => one(target.click()),
    type: (text: string) => one(page.keyboard.type(text)),
    press: (key: string) => one(page.keyboard.press(key)),
    interactions: () => count,
  }
}

for (const language of ['en', 'zh-CN'] as const) {
  const say = firstWords[language]

  test.describe(`with a simulator that does not dawdle, in ${language}`, () => {
    test.use({ language, environment: { KEYWHEEL_SIMULATOR_PACE: 'wordDelayMs=2,slowFirstByteMs=150' } })

    test('the simulator answers a message within five interactions of the first start', async ({ page }) => {
      const hand = countingHand(page)
      await hand.click(page.getByRole('button', { name: say.start }))
      await hand.click(page.getByRole('link', { name: say.playground, exact: true }))
      await hand.click(page.getByRole('textbox', { name: say.message, exact: true }))
      await hand.type('Hello')
      await hand.press('Enter')
      await expect(page.getByRole('article').last()).toContainText(say.answered)
      expect(hand.interactions()).toBeLessThanOrEqual(5)
    })
  })
}

test('a .env from the guide shows its models and keys, and they are there after a restart', async ({ app, page }) => {
  await importOnFirstRun(page, guideExample)
  const differences = page.getByRole('table', { name: 'Differences' })
  for (const name of ['glm-4.7', 'openai/deepseek-ai/DeepSeek-V3', 'gpt-4o']) {
    await expect(differences.getByRole('row').filter({ hasText: name })).toContainText('added')
  }
  await takeImport(page)
  await goTo(page, 'Models & keys')
  await page.getByRole('link', { name: /glm-4\.7/ }).click()
  await expect(page.getByRole('table', { name: 'Keys of glm-4.7' }).getByRole('row')).toHaveCount(4)

  const next = await app.restart()
  await expect(next.getByRole('heading', { name: 'The vault is locked' })).toBeVisible()
  await next.getByLabel('Passphrase', { exact: true }).fill('not the passphrase')
  await next.getByRole('button', { name: 'Unlock' }).click()
  await expect(next.getByText('This is not the passphrase of this vault.')).toBeVisible({ timeout: 15_000 })
  await next.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await next.getByRole('button', { name: 'Unlock' }).click()
  await goTo(next, 'Models & keys')
  await expect(next.getByRole('link', { name: /gpt-4o/ })).toBeVisible()
})

test('whoever goes on while the simulator starts is not called back', async ({ page, host }) => {
  test.skip(host !== 'browser-host', 'answers can be held on the way in a browser only')
  const settings = await slowAnswers(page, 'settings/get')
  await page.reload()
  const start = page.getByRole('button', { name: 'Start the simulator' })
  await start.waitFor()
  settings.hold()
  await start.click()
  await page.getByRole('link', { name: 'Playground', exact: true }).click()
  const message = page.getByRole('textbox', { name: 'Message', exact: true })
  await message.fill('Hello')
  expect(settings.held()).toBeGreaterThan(0)
  settings.release()
  await message.press('Enter')
  await expect(page.getByRole('article').last()).toContainText('You wrote: “Hello”')
})

const byHand = {
  en: {
    byPassphrase: 'A passphrase',
    passphrase: 'Passphrase',
    again: 'The passphrase again',
    addKey: 'Add a key',
    model: 'Model',
    apiBase: 'Base URL',
    keys: 'Keys',
    add: 'Add a model',
    table: 'Keys of my-model',
    ready: 'ready',
  },
  'zh-CN': {
    byPassphrase: '口令',
    passphrase: '口令',
    again: '再次输入口令',
    addKey: '添加密钥',
    model: '模型',
    apiBase: '基础地址',
    keys: '密钥',
    add: '添加模型',
    table: 'my-model 的密钥',
    ready: '就绪',
  },
} as const

for (const language of ['en', 'zh-CN'] as const) {
  const say = byHand[language]

  test.describe(`in ${language}`, () => {
    test.use({ language })

    test('a model and a key are added by hand', async ({ page }) => {
      await page.getByRole('radio', { name: say.byPassphrase }).check()
      await page.getByLabel(say.passphrase, { exact: true }).fill(passphrase)
      await page.getByLabel(say.again).fill(passphrase)
      await page.getByRole('button', { name: say.addKey, exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: say.model, exact: true }).fill('my-model')
      await dialog.getByRole('combobox', { name: say.apiBase }).fill('https://api.example.com/v1')
      await dialog.getByRole('textbox', { name: say.keys, exact: true }).fill('sk-typed-by-hand-number-0001')
      await dialog.getByRole('button', { name: say.add, exact: true }).click()
      const keys = page.getByRole('table', { name: say.table })
      await expect(keys.getByRole('row').filter({ hasText: '…0001' })).toContainText(say.ready)
      await expect(page.getByText('sk-typed-by-hand')).toHaveCount(0)
    })
  })
}
