import { chromium } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { chooseLanguage, goTo, startSimulator } from './support/keywheel.ts'

test.skip(({ host }) => host !== 'electron-stand-in', 'a test can touch tray, menu and shortcuts in the stand-in only')

const accelerator = 'CommandOrControl+Alt+Shift+L'

test('the tray says how things stand, and does what it offers', async ({ page, app }) => {
  const { desktop } = app
  await desktop.last('tray', ({ lines }) => lines.includes('Gateway off') && lines.includes('No vault yet'))
  await startSimulator(page)
  await desktop.last('tray', ({ lines }) => lines.some((line) => /^\d of 5 keys ready$/.test(line)))

  desktop.tell({ to: 'tray', what: 'Switch the gateway on' })
  await expect(page.getByText('Gateway on').first()).toBeAttached()
  await desktop.last('tray', ({ lines }) => lines[1] === 'Gateway on · 127.0.0.1:4141')
  desktop.tell({ to: 'tray', what: 'Pause the gateway' })
  await desktop.last('tray', ({ lines }) => lines[1] === 'Gateway off')

  desktop.tell({ to: 'menu', what: 'Presentation mode' })
  await expect(page.getByRole('button', { name: /^Presenting/ })).toBeVisible()
  await desktop.last('tray', ({ items }) => items.includes('✓ Presentation mode'))
})

test('tray and menu follow the language of the page, and the window its theme', async ({ page, app }) => {
  await startSimulator(page)
  await chooseLanguage(page, '简体中文')
  await app.desktop.last('menu', ({ items }) => items.includes('复制') && items.includes('演示模式'))
  await app.desktop.last('tray', ({ items }) => items.includes('退出 Keywheel'))
  await page.getByRole('button', { name: /^主题/ }).click()
  await page.getByRole('menuitem', { name: '深色' }).click()
  await app.desktop.last('theme', ({ source }) => source === 'dark')
})

test('with the tray to live in, closing hides the window, and quitting ends all the same', async ({ page, app }) => {
  await startSimulator(page)
  await goTo(page, 'Settings')
  const keep = page.getByRole('switch', { name: 'Keep running in the tray when the window is closed' })
  await expect(keep).not.toBeChecked()
  await keep.click()
  await expect(keep).toBeChecked()
  app.desktop.tell({ to: 'window', what: 'close' })
  await app.desktop.last('window', ({ is }) => is === 'hidden')
  app.desktop.tell({ to: 'tray', what: 'Show Keywheel' })
  await app.desktop.last('window', ({ is }) => is === 'shown')
  await expect(keep).toBeChecked()
})

test('the keys for panic work from any program, and are given back when they are switched off', async ({
  page,
  app,
}) => {
  await startSimulator(page)
  await goTo(page, 'Settings')
  app.desktop.tell({ to: 'tray', what: 'Switch the gateway on' })
  await expect(page.getByText('Gateway on').first()).toBeAttached()
  app.desktop.tell({ to: 'shortcut', what: accelerator })
  await expect(page.getByText('Gateway off').first()).toBeVisible()
  const panic = page.getByRole('switch', { name: 'Panic from anywhere with Ctrl+Alt+Shift+L' })
  await expect(panic).toBeChecked()
  await panic.click()
  await expect(panic).not.toBeChecked()
})

test('a page that dies comes back', async ({ page, app }) => {
  await startSimulator(page)
  app.tolerate(/.*/)
  app.desktop.tell({ to: 'page', what: 'crash' })
  // For whoever drove it the page that died stays dead; a second look finds the one that came back.
  await expect(async () => {
    const browser = await chromium.connectOverCDP(await app.desktop.address())
    const [back] = browser.contexts()[0]!.pages()
    await expect(back!.getByRole('navigation', { name: 'Views' })).toBeVisible({ timeout: 2_000 })
    await browser.close()
  }).toPass()
})

test.describe('where another program has the keys', () => {
  test.use({ environment: { KEYWHEEL_STAND_IN_TAKEN: accelerator } })

  test('the settings say so', async ({ page }) => {
    await startSimulator(page)
    await goTo(page, 'Settings')
    await expect(page.getByText('belongs to another program')).toBeVisible()
  })
})
