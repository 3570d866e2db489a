import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { goTo } from './support/by-keyboard.ts'
import { press } from './support/keyboard.ts'
import { chooseLanguage, startSimulator } from './support/keywheel.ts'
import { languages, textsOf } from './support/texts.ts'

for (const language of languages) {
  const say = textsOf(language)
  const index = (page: Page) => page.getByRole('navigation', { name: say('settings:index.name') })
  const entry = (page: Page, name: string) =>
    index(page).getByRole('link', { name: say('settings:index.goTo', { title: say(name) }), exact: true })
  const part = (page: Page, name: string) => page.getByRole('region', { name: say(name), exact: true })
  const isRead = (page: Page, name: string) => expect(entry(page, name)).toHaveAttribute('aria-current', 'location')

  test.describe(`the settings’ index, in ${language}`, () => {
    test.beforeEach(async ({ page }) => {
      await startSimulator(page)
      if (language !== 'en') await chooseLanguage(page, '简体中文')
      await goTo(page, 'm', say('shell:nav.models'))
      await goTo(page, 's', say('shell:nav.settings'))
    })

    test('leads to every part by keyboard, marks it, and one step back is where the person came from', async ({
      page,
    }) => {
      const partsOf = () => page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts()
      // What the desktop says of itself comes a moment later than the rest.
      await expect(async () =>
        expect(await index(page).getByRole('link').allInnerTexts()).toEqual(await partsOf()),
      ).toPass()
      await isRead(page, 'settings:appearance')
      for (const name of ['settings:prices.title', 'settings:appearance', 'settings:about']) {
        await press(entry(page, name))
        await expect(part(page, name)).toBeFocused()
        await expect(part(page, name)).toBeInViewport()
        await isRead(page, name)
        await expect(index(page).locator('[aria-current]')).toHaveCount(1)
      }
      await page.goBack()
      await expect(page.getByRole('heading', { level: 1, name: say('shell:nav.models') })).toBeVisible()
    })

    test('follows the scrolling and the focus, and stays in sight, also in a narrow window', async ({ app, page }) => {
      await page.setViewportSize({ width: 960, height: 700 })
      await page.getByRole('main').hover()
      // Parts that come later make the page longer.
      await expect(async () => {
        await page.mouse.wheel(0, 20_000)
        await expect(entry(page, 'settings:about')).toHaveAttribute('aria-current', 'location', { timeout: 1_000 })
      }).toPass()
      await expect(entry(page, 'settings:about')).toBeInViewport()
      await page.mouse.wheel(0, -20_000)
      await isRead(page, 'settings:appearance')
      await page.getByRole('combobox', { name: say('settings:history.days') }).focus()
      await isRead(page, 'settings:history.title')
      await app.screenshot(`settings-index-${language}`)
      await expect(index(page)).toBeInViewport()
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    })
  })
}
