import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { faultsOf } from './support/axe.ts'
import { mintClient, putTokenAway, switchOn } from './support/gateway.ts'
import { chooseTheme, envFor, goTo, importOnFirstRun, send, startSimulator, takeImport } from './support/keywheel.ts'
import { keyMenu } from './support/vault.ts'

const views = ['Dashboard', 'Models & keys', 'Playground', 'Activity', 'Gateway', 'Import / export', 'Settings']

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

test('a playground in use has no fault that axe knows, with panes, parameters and branches', async ({ page }) => {
  await startSimulator(page)
  await goTo(page, 'Playground')
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('button', { name: 'Parameters' }).click()
  await send(page, 'hello')
  await expect(page.getByRole('navigation', { name: 'Conversations' }).getByRole('listitem')).toHaveCount(1)
  await page
    .getByRole('button', { name: 'Stop', exact: true })
    .or(page.getByRole('button', { name: 'Send' }))
    .first()
    .click()
  await page.getByRole('button', { name: 'Edit' }).first().click()
  for (const theme of ['dark', 'light'] as const) {
    await chooseTheme(page, theme)
    expect(await faultsOf(page), theme).toEqual([])
  }
})

test('an open vault has no fault that axe knows, in its settings, its keys and its bin', async ({ page }) => {
  await importOnFirstRun(page, envFor('https://api.example.com/v1', ['sk-for-the-accessible-0001', 'sk-for-it-0002']))
  expect(await faultsOf(page), 'preview').toEqual([])
  await takeImport(page)
  for (const view of ['Models & keys', 'Settings']) {
    await goTo(page, view)
    expect(await faultsOf(page), view).toEqual([])
  }
  await page.getByRole('button', { name: 'Make a recovery kit' }).click()
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(8)
  // A dialogue of the kit in use has a header of its own, which axe takes for a second banner of the page.
  expect(await faultsOf(page, ['serious', 'critical']), 'kit').toEqual([])
})

test('the gateway in use has no fault that axe knows, nor have its dialogues', async ({ page }) => {
  await importOnFirstRun(page, envFor('https://api.example.com/v1', ['sk-for-the-accessible-0001', 'sk-for-it-0002']))
  await takeImport(page)
  await switchOn(page)
  await page.getByRole('button', { name: 'New client' }).click()
  await expect(page.getByRole('dialog', { name: 'New client' })).toBeVisible()
  // A dialogue in use has a header of its own, which axe takes for a second banner of the page.
  expect(await faultsOf(page, ['serious', 'critical']), 'new client').toEqual([])
  await mintClient(page, 'notebook')
  expect(await faultsOf(page, ['serious', 'critical']), 'token').toEqual([])
  await putTokenAway(page)
  for (const theme of ['dark', 'light'] as const) {
    await chooseTheme(page, theme)
    expect(await faultsOf(page), theme).toEqual([])
  }
})

/** What is opened over Models & keys, and by which step of a person. */
const overModels: readonly [what: string, open: (page: Page) => Promise<void>][] = [
  ['add a model', (page) => page.getByRole('button', { name: 'Add a model' }).click()],
  ['add keys', (page) => page.getByRole('button', { name: 'Add keys' }).click()],
  ['edit a key', (page) => keyMenu(page, 'acct-1', 'Edit…')],
  ['replace a key', (page) => keyMenu(page, 'acct-1', 'Replace key')],
  ['show a key', (page) => keyMenu(page, 'acct-1', 'Show key')],
  ['pause until', (page) => keyMenu(page, 'acct-1', 'Pause until…')],
  ['the palette', (page) => page.keyboard.press('Control+k')],
  ['the shortcuts', (page) => page.keyboard.press('?')],
  ['the messages', (page) => page.getByRole('button', { name: /^Messages/ }).click()],
]

for (const theme of ['light', 'dark'] as const) {
  for (const contrast of ['no-preference', 'more'] as const) {
    test(`nothing over Models & keys has a fault that axe knows, ${theme}, contrast: ${contrast}`, async ({ page }) => {
      await importOnFirstRun(page, envFor('https://api.example.com/v1', ['sk-for-the-accessible-0001', 'sk-for-it-02']))
      await takeImport(page)
      await goTo(page, 'Models & keys')
      await chooseTheme(page, theme)
      await page.emulateMedia({ contrast })
      for (const tab of ['Settings', 'Effective configuration', /^Keys/]) {
        await page.getByRole('tab', { name: tab }).click()
        expect(await faultsOf(page), String(tab)).toEqual([])
      }
      for (const [what, open] of overModels) {
        await open(page)
        await expect(page.getByRole('dialog')).toBeVisible()
        // A dialogue has a header of its own, which axe takes for a second banner of the page.
        expect(await faultsOf(page, ['serious', 'critical']), what).toEqual([])
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toBeHidden()
      }
    })
  }
}
