// As many providers as nobody has: what is drawn is what is in sight, and every one of them is reached.
import { expect, test } from './support/app.ts'
import { byKeyboard } from './support/by-keyboard.ts'
import { chooseLanguage, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'
import { languages } from './support/texts.ts'

const count = 500
const nameOf = (number: number) => `model-${String(number).padStart(3, '0')}`

const file = `LLM_MODEL_CONFIGS='${JSON.stringify(
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      nameOf(index + 1),
      {
        api_base: `https://provider-${index + 1}.example/v1`,
        api_key: [1, 2, 3].map((key) => `sk-of-many-providers-${index + 1}-${key}`),
      },
    ]),
  ),
)}'\n`

/** Several windows full, and far from all. */
const mostDrawn = 60

for (const language of languages) {
  const { say } = byKeyboard(language)

  test(`in ${language} 500 providers are imported, scrolled through and found`, async ({ page }) => {
    await importOnFirstRun(page, file)
    const rows = page.getByRole('table').getByRole('row')
    await expect(rows.filter({ hasText: nameOf(1) })).toBeVisible()
    expect(await rows.count()).toBeLessThan(mostDrawn)
    await takeImport(page)
    await goTo(page, 'Models & keys')
    if (language !== 'en') await chooseLanguage(page, '简体中文')

    const list = page.getByRole('list', { name: say('models:listLabel') })
    const links = list.getByRole('link')
    await expect(links.first()).toContainText(nameOf(1))
    expect(await links.count()).toBeLessThan(mostDrawn)
    await list.hover()
    await page.mouse.wheel(0, 1_000_000)
    const last = links.filter({ hasText: nameOf(count) })
    await expect(last).toBeInViewport()
    await expect(links.filter({ hasText: nameOf(1) })).toHaveCount(0)
    expect(await links.count()).toBeLessThan(mostDrawn)
    await last.click()
    await expect(page.getByRole('heading', { level: 2, name: nameOf(count), exact: true })).toBeVisible()
    await expect(page.getByRole('table').getByRole('rowheader')).toHaveCount(3)

    await page.getByRole('searchbox', { name: say('models:filter') }).fill('provider-250.')
    await expect(links).toHaveCount(1)
    await expect(links).toContainText(nameOf(250))
  })
}
