import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'

const keys = ['sk-presented-0123456789aaqz', 'sk-presented-0123456789bbqz', 'sk-presented-0123456789ccqz']
const tails = keys.map((key) => key.slice(-4))

const views = [
  'Dashboard',
  'Models & keys',
  'Playground',
  'Activity',
  'Gateway',
  'Import / export',
  'Settings',
] as const

/** Everything that stands on the page, for eyes and for other programs: text, names, titles and values. */
const everything = (page: Page): Promise<string> =>
  page.evaluate(`
    [
      document.title,
      document.body.innerText,
      ...[...document.querySelectorAll('*')].flatMap((element) => [...element.attributes].map(({ value }) => value)),
      ...[...document.querySelectorAll('input, textarea')].map((field) => field.value),
    ].join('\\n')
  `)

async function command(page: Page, name: string) {
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Go to a view, a model or an action…').fill(name)
  await page.keyboard.press('Enter')
}

test('presentation mode takes every end of every key from every view, and gives them back', async ({ page, app }) => {
  await importOnFirstRun(page, envFor('https://api.example.invalid/v1', keys))
  await takeImport(page)
  await goTo(page, 'Models & keys')
  await expect(page.getByText(`…${tails[0]}`).first()).toBeVisible()

  await command(page, 'Start presentation mode')
  await expect(page.getByRole('button', { name: /^Presenting/ })).toBeVisible()
  for (const view of views) {
    await goTo(page, view)
    const text = await everything(page)
    for (const tail of tails) expect(text, view).not.toContain(tail)
  }
  await app.screenshot('presentation')

  await goTo(page, 'Models & keys')
  await page
    .getByRole('button', { name: /^More for / })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Show key' }).click()
  await expect(page.getByText('Presentation mode is on, so no secret is shown.')).toBeVisible()

  const again = await app.restart()
  await again.getByLabel('Passphrase', { exact: true }).fill('correct horse battery staple')
  await again.getByRole('button', { name: 'Unlock', exact: true }).click()
  await again.getByRole('button', { name: /^Presenting/ }).click()
  await goTo(again, 'Models & keys')
  await expect(again.getByText(`…${tails[0]}`).first()).toBeVisible()
})

test('a secret that is typed while presenting shows as dots', async ({ page }) => {
  await importOnFirstRun(page, envFor('https://api.example.invalid/v1', keys))
  await takeImport(page)
  await command(page, 'Start presentation mode')
  await goTo(page, 'Import / export')
  const field = page.locator('[data-secret]').first()
  await expect(field).toHaveCSS('-webkit-text-security', 'disc')
})

test('panic, from the palette, locks the vault and leaves the gateway off', async ({ page }) => {
  await importOnFirstRun(page, envFor('https://api.example.invalid/v1', keys))
  await takeImport(page)
  await command(page, 'Switch the gateway on')
  await expect(page.getByText('Gateway on').first()).toBeAttached()
  await command(page, 'Panic')
  await expect(page.getByRole('heading', { name: /locked/i }).first()).toBeVisible()
  await expect(page.getByText(/The gateway is off( and|,) the vault is locked/)).toBeVisible()
})

test.describe('in Chinese', () => {
  test.use({ language: 'zh-CN' })

  test('presentation mode is named and ended in the top bar', async ({ page }) => {
    await page.getByRole('button', { name: '启动模拟器' }).click()
    await page.getByRole('navigation').waitFor()
    await page.getByRole('link', { name: '设置', exact: true }).click()
    await page.getByRole('switch', { name: '演示模式' }).click()
    await page.getByRole('button', { name: /^演示中/ }).click()
    await expect(page.getByRole('button', { name: /^演示中/ })).toBeHidden()
    await expect(page.getByRole('switch', { name: '演示模式' })).not.toBeChecked()
  })
})
