import { expect, test } from './support/app.ts'
import { chooseLanguage, chooseTheme, goTo, startSimulator } from './support/keywheel.ts'

const views = ['Models & keys', 'Playground', 'Activity', 'Gateway', 'Import / export', 'Settings', 'Dashboard']

test('the first start shows three ways to begin, and says nothing is wrong', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1, name: 'Let your keys take turns' })).toBeVisible()
  for (const way of ['Import a .env', 'Add a key', 'Try it with the simulator']) {
    await expect(page.getByRole('heading', { level: 2, name: way })).toBeVisible()
  }
  await expect(page).toHaveTitle(/Keywheel/)
})

test('each view is one click away, has its name as its heading, and is marked in the rail', async ({ page }) => {
  await startSimulator(page)
  for (const view of views) {
    await goTo(page, view)
    await expect(page.getByRole('link', { name: view, exact: true })).toHaveAttribute('aria-current', 'page')
    await expect(page).toHaveTitle(`${view} · Keywheel`)
  }
})

test('a view begins at its top, wherever the one before was left', async ({ page }) => {
  await startSimulator(page)
  await goTo(page, 'Settings')
  const about = page.getByRole('heading', { name: 'About' })
  await about.scrollIntoViewIfNeeded()
  await expect(about).toBeInViewport()
  await goTo(page, 'Dashboard')
  await expect(page.getByRole('region', { name: 'Rotation', exact: true })).toBeVisible()
  expect(await page.evaluate<number>(`document.querySelector('main').scrollTop`)).toBe(0)
  await goTo(page, 'Settings')
  await expect(page.getByRole('heading', { name: 'Appearance' })).toBeInViewport()
})

test('everything in the shell is reached by keyboard alone', async ({ page }) => {
  await startSimulator(page)
  await goTo(page, 'Models & keys')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Models & keys' })).toBeVisible()

  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to the content' })
  await expect(skip).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()

  await skip.focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Dashboard', exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible()
})

test('g and a letter goes to a view, ? lists the shortcuts, and Escape gives the focus back', async ({ page }) => {
  await startSimulator(page)
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()

  await page.keyboard.press('?')
  const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(shortcuts).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(shortcuts).toBeHidden()
})

test('the palette finds a view by its name', async ({ page }) => {
  await startSimulator(page)
  await page.keyboard.press('Control+k')
  const search = page.getByPlaceholder('Go to a view, a model or an action…')
  await expect(search).toBeFocused()
  await search.fill('playgr')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Playground' })).toBeVisible()
})

test('the language is changed in place, and remembered by the next start', async ({ app, page }) => {
  await chooseLanguage(page, '简体中文')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('让您的密钥轮流工作')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')

  const next = await app.restart()
  await expect(next.getByRole('heading', { level: 1 })).toHaveText('让您的密钥轮流工作')
  await chooseLanguage(next, 'English')
  await expect(next.getByRole('heading', { level: 1 })).toHaveText('Let your keys take turns')
})

test('the theme is changed in place, and survives a crash', async ({ app, page }) => {
  await startSimulator(page)
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
  await chooseTheme(page, 'dark')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  // Main has answered when the menu names the new theme.
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible()

  const next = await app.crashAndRestart()
  await expect(next.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
})

test.describe('on a system that speaks Chinese and is dark', () => {
  test.use({ language: 'zh-CN', theme: 'dark' })

  test('the application is so from the first frame on', async ({ page }) => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('让您的密钥轮流工作')
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  })
})

test.describe('in the smallest window', () => {
  test.use({ size: { width: 960, height: 600 } })

  test('the rail shows icons that keep their names, and nothing is cut off sideways', async ({ page }) => {
    await startSimulator(page)
    for (const view of views) {
      await goTo(page, view)
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), view).toBe(true)
    }
  })
})
