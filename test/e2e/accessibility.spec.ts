import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { chooseTheme, goTo, startSimulator } from './support/keywheel.ts'

/** By rule and place, so that a failure says where to look. */
async function faultsOf(page: Page): Promise<string[]> {
  // Legacy mode stays in this one page, which has no frames; the other opens a second one.
  const { passes, violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(passes.length).toBeGreaterThan(10)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

const views = ['Dashboard', 'Models & keys', 'Playground', 'Activity', 'Import', 'Settings']

test('the first page has no fault that axe knows', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
})

for (const theme of ['light', 'dark'] as const) {
  test(`no view has a fault that axe knows, in the ${theme} theme`, async ({ page }) => {
    await startSimulator(page)
    await chooseTheme(page, theme)
    for (const view of views) {
      await goTo(page, view)
      expect(await faultsOf(page), view).toEqual([])
    }
  })
}
