import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { choosePassphrase, goTo, guideExample, importOnFirstRun, passphrase, takeImport } from './support/keywheel.ts'

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

test('a model and a key are added by hand', async ({ page }) => {
  await choosePassphrase(page)
  await page.getByRole('button', { name: 'Add a key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Model', { exact: true }).fill('my-model')
  await dialog.getByLabel('Base URL').fill('https://api.example.com/v1')
  await dialog.getByLabel('Keys').fill('sk-typed-by-hand-number-0001')
  await dialog.getByRole('button', { name: /Add/ }).click()
  const keys = page.getByRole('table', { name: 'Keys of my-model' })
  await expect(keys.getByRole('row').filter({ hasText: '…0001' })).toContainText('ready')
  await expect(page.getByText('sk-typed-by-hand')).toHaveCount(0)
})
