// What is only there once something has happened: axe looks at each in both themes.
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { faultsOf, graveFaultsOf } from './support/axe.ts'
import { chooseTheme, envFor, goTo, importOnFirstRun, startSimulator, takeImport } from './support/keywheel.ts'

const base = 'https://api.example.com/v1'
const secrets = ['sk-of-the-looked-at-0001', 'your-api-key', 'sk-of-the-looked-at-0003']

/** Two models that share a key, so that there is something to move and something to find. */
const twoModels = `LLM_MODEL_CONFIGS='${JSON.stringify({
  scripted: { api_key: secrets, api_base: base },
  another: { api_key: secrets.slice(0, 1), api_base: 'https://other.example/v1' },
})}'\n`

async function openModels(page: Page): Promise<void> {
  await importOnFirstRun(page, twoModels)
  await takeImport(page)
  await goTo(page, 'Models & keys')
  await page.getByRole('link', { name: /^scripted/ }).click()
  await expect(page.getByRole('heading', { name: 'scripted' })).toBeVisible()
}

/** Chooses a key and one thing of what can be done with it. */
async function ofMany(page: Page, item: string): Promise<void> {
  await page.getByRole('checkbox', { name: 'Select acct-1' }).check()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function moveToAnother(page: Page): Promise<void> {
  await ofMany(page, 'Move to another model…')
  const dialog = page.getByRole('dialog', { name: 'Move 1 key' })
  await dialog.getByLabel('To the model').click()
  await page.getByRole('option', { name: 'another' }).click()
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
}

async function deleteAndOpenBin(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'Select acct-2' }).check()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('link', { name: /^Bin/ }).click()
}

const states: readonly [dialog: RegExp, open: (page: Page) => Promise<void>][] = [
  [/^Bin$/, deleteAndOpenBin],
  [/^Key Watch$/, (page) => page.getByRole('link', { name: /^Key Watch/ }).click()],
  [/^Label 1 key$/, (page) => ofMany(page, 'Set labels…')],
  [/^Account of 1 key$/, (page) => ofMany(page, 'Set account…')],
  [/^Move 1 key$/, (page) => ofMany(page, 'Move to another model…')],
  [/^Send these keys to another host\?$/, moveToAnother],
]

for (const theme of ['light', 'dark'] as const) {
  for (const [name, open] of states) {
    test(`the dialogue ${name.source} has no grave fault that axe knows, ${theme}`, async ({ page }) => {
      await openModels(page)
      await chooseTheme(page, theme)
      await open(page)
      const dialog = page.getByRole('dialog', { name })
      await expect(dialog.getByRole('button').last()).toBeVisible()
      expect(await graveFaultsOf(page)).toEqual([])
    })
  }
}

test('a rehearsal by hand has no fault that axe knows, with a failure that was given to a key', async ({ page }) => {
  await startSimulator(page)
  await goTo(page, 'Playground')
  await page.getByRole('tab', { name: 'Rehearsal' }).click()
  await page.getByRole('button', { name: 'Begin a rehearsal' }).click()
  await page.getByRole('button', { name: 'Inject' }).click()
  await expect(page.getByRole('complementary', { name: 'Rehearsal' })).toBeVisible()
  for (const theme of ['dark', 'light'] as const) {
    await chooseTheme(page, theme)
    expect(await faultsOf(page), theme).toEqual([])
  }
})

test('a linked file that differs from the vault has no fault that axe knows', async ({ app, page }) => {
  const file = join(dirname(app.dataFolder), 'project.env')
  await writeFile(file, envFor(base, secrets))
  await importOnFirstRun(page, envFor(base, secrets))
  await takeImport(page)
  await goTo(page, 'Import / export')
  await page.getByRole('tab', { name: 'Linked files' }).click()
  await page.getByLabel('Watch one more file').fill('~/project.env')
  await page.getByRole('button', { name: 'Watch it', exact: true }).click()
  await expect(page.getByText('The file and the vault say the same.')).toBeVisible()
  await writeFile(file, envFor('https://elsewhere.example/v1', secrets.slice(1)))
  await page.getByRole('button', { name: /^See the difference/ }).click()
  await expect(page.getByRole('table', { name: 'Differences between the file and the vault' })).toBeVisible()
  for (const theme of ['dark', 'light'] as const) {
    await chooseTheme(page, theme)
    expect(await faultsOf(page), theme).toEqual([])
  }
})
