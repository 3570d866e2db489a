import { readdir, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { envFor, goTo, importOnFirstRun, passphrase, takeImport } from './support/keywheel.ts'
import { confirmShownKit, keyMenu, makeKit, openInterface, readKit } from './support/vault.ts'

const secrets = [1, 2, 3].map((number) => `sk-of-the-vault-account-${String(number).padStart(4, '0')}`)
const [first = '', second = ''] = secrets

async function openKeys(page: Page) {
  await importOnFirstRun(page, envFor('https://api.example.com/v1', secrets))
  await takeImport(page)
  await goTo(page, 'Models & keys')
  await page.getByRole('table', { name: 'Keys of scripted' }).waitFor()
}

/** Anywhere in the page, also where nobody sees it or in a field. */
async function isInPage(page: Page, secret: string): Promise<boolean> {
  const fields = await page.locator('input:not([type=checkbox], [type=radio]), textarea').all()
  const typed = await Promise.all(fields.map((field) => field.inputValue()))
  return [await page.content(), ...typed].some((text) => text.includes(secret))
}

test('a key is shown by a gesture, and is nowhere in the page once it is hidden', async ({ page }) => {
  await openKeys(page)
  expect(await isInPage(page, first)).toBe(false)
  await keyMenu(page, 'acct-1', 'Show key')
  const dialog = page.getByRole('dialog', { name: 'The key of acct-1' })
  await expect(dialog).toContainText(first)
  await expect(dialog).toContainText(/hides in \d+\ss/)
  await dialog.getByRole('button', { name: 'Hide' }).last().click()
  await expect(dialog).toBeHidden()
  expect(await isInPage(page, first)).toBe(false)
})

test('a shown key hides when the window is left', async ({ page }) => {
  await openKeys(page)
  await keyMenu(page, 'acct-1', 'Show key')
  await expect(page.getByText(first)).toBeVisible()
  await page.evaluate(`window.dispatchEvent(new Event('blur'))`)
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(await isInPage(page, first)).toBe(false)
})

test('a locked interface asks once and goes on with what was asked for, while the vault stays open', async ({
  page,
}) => {
  await openKeys(page)
  await page.getByRole('button', { name: /^Interface open/ }).click()
  await expect(page.getByRole('button', { name: /^Interface locked/ })).toBeVisible()
  await expect(page.getByText('Vault unlocked')).toBeVisible()

  await keyMenu(page, 'acct-2', 'Show key')
  const question = page.getByRole('dialog', { name: 'Unlock the interface' })
  await question.getByLabel('Passphrase', { exact: true }).fill('not the passphrase')
  await page.keyboard.press('Enter')
  await expect(question).toContainText('This is not the passphrase of this vault.', { timeout: 15_000 })
  expect(await isInPage(page, second)).toBe(false)

  await openInterface(page, passphrase)
  await expect(page.getByRole('dialog', { name: 'The key of acct-2' })).toContainText(second)
})

test('what was asked of a locked interface is left when the question is put aside', async ({ page }) => {
  await openKeys(page)
  await page.getByRole('button', { name: /^Interface open/ }).click()
  await keyMenu(page, 'acct-1', 'Copy key')
  const question = page.getByRole('dialog', { name: 'Unlock the interface' })
  await question.getByRole('button', { name: 'Cancel' }).last().click()
  await expect(question).toBeHidden()
  await expect(page.getByRole('button', { name: /^Interface locked/ })).toBeVisible()
})

test('a browser is told that its clipboard cannot be cleared', async ({ app, page }) => {
  test.skip(app.host !== 'browser-host', 'the desktop clears its clipboard itself')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openKeys(page)
  await keyMenu(page, 'acct-2', 'Copy key')
  await expect(page.getByText(/cannot clear a browser’s clipboard/)).toBeVisible()
  expect(await page.evaluate(`navigator.clipboard.readText()`)).toBe(second)
  expect(await isInPage(page, second)).toBe(false)
})

test('a kit is confirmed by two of its groups, and opens the vault without its passphrase', async ({ app, page }) => {
  await openKeys(page)
  await goTo(page, 'Settings')
  const kit = await makeKit(page)
  await expect(page.getByRole('link', { name: 'Vault unlocked confirm the kit' })).toBeVisible()
  await confirmShownKit(page, kit)
  await expect(page.getByText('There is one, and you have it.')).toBeVisible()

  const next = await app.restart()
  await next.getByRole('button', { name: 'Use the recovery kit' }).click()
  await next.getByLabel('Recovery kit').fill(`${kit.startsWith('0') ? 'Z' : '0'}${kit.slice(1)}`)
  await next.getByRole('button', { name: 'Unlock' }).click()
  await expect(next.getByText(/Of the eight groups, look again at 1/)).toBeVisible()
  await next.getByLabel('Recovery kit').fill(kit.toLowerCase().replaceAll('-', ' '))
  await next.getByRole('button', { name: 'Unlock' }).click()
  await goTo(next, 'Models & keys')
  await expect(next.getByRole('table', { name: 'Keys of scripted' })).toBeVisible()
})

test('a deleted key waits in the bin, comes back, and can be forgotten for good', async ({ page }) => {
  await openKeys(page)
  await keyMenu(page, 'acct-1', 'Delete')
  await page.getByRole('link', { name: 'Bin (1)' }).click()
  await page.getByRole('button', { name: 'Bring back acct-1 of scripted' }).click()
  await expect(page.getByText('The bin is empty.')).toBeVisible()
  await page.getByRole('dialog', { name: 'Bin' }).getByRole('button', { name: 'Close' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'acct-1' })).toContainText('ready')

  await keyMenu(page, 'acct-1', 'Delete')
  await page.getByRole('link', { name: 'Bin (1)' }).click()
  await page.getByRole('button', { name: 'Delete for good: acct-1 of scripted' }).click()
  const question = page.getByRole('dialog', { name: 'Delete for good?' })
  await expect(question).toContainText('scripted: acct-1 …0001')
  await question.getByRole('button', { name: 'Delete for good' }).click()
  const result = page.getByRole('dialog', { name: 'Bin' })
  await expect(result).toContainText('1 key has left the vault.')
  await expect(result).toContainText(/still hold/)
  await result.getByRole('button', { name: /^Delete th(at|ose \d+) backups?$/ }).click()
  await expect(page.getByText(/backups? w(as|ere) deleted/)).toBeVisible()
})

test('a replaced key can be taken back until the new one has served', async ({ page }) => {
  await openKeys(page)
  await keyMenu(page, 'acct-3', 'Replace key')
  await page.getByLabel('The new key').fill('sk-a-brand-new-secret-9999')
  await page.keyboard.press('Enter')
  const row = page.getByRole('row').filter({ hasText: 'acct-3' })
  await expect(row).toContainText('…9999')
  await expect(row).toContainText('new')
  await page.getByRole('button', { name: 'Go back to the old key' }).click()
  await expect(row).toContainText('…0003')
  await expect(page.getByRole('button', { name: 'Go back to the old key' })).toBeHidden()
})

test('a damaged vault is replaced by the backup that the person chooses', async ({ app, page }) => {
  await openKeys(page)
  await keyMenu(page, 'acct-1', 'Pause')
  await expect(page.getByRole('row').filter({ hasText: 'acct-1' })).toContainText('paused')
  const file = join(app.dataFolder, 'vault.keywheel')
  const next = await app.restart(async () => truncate(file, (await stat(file)).size - 7))
  await expect(next.getByRole('heading', { name: 'The vault file is damaged' })).toBeVisible()
  const backups = next.getByRole('table', { name: 'Backups' })
  await backups.getByRole('button', { name: 'Restore…' }).first().click()
  const dialog = next.getByRole('dialog')
  await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await dialog.getByRole('button', { name: 'Look inside' }).click()
  await expect(dialog).toContainText('1 model, 3 keys', { timeout: 15_000 })
  await dialog.getByRole('button', { name: 'Restore it' }).click()
  await goTo(next, 'Models & keys')
  await expect(next.getByRole('table', { name: 'Keys of scripted' }).getByRole('row')).toHaveCount(4)
  // What was damaged is kept beside it.
  expect((await readdir(app.dataFolder)).some((name) => name.includes('corrupt'))).toBe(true)
})

test('a new data key ends the old passphrase, and leaves older backups to be deleted', async ({ app, page }) => {
  const fresh = `${passphrase} anew`
  await openKeys(page)
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'What can be done' }).click()
  const dialog = page.getByRole('dialog', { name: 'Someone may have had my vault' })
  await dialog.getByLabel('Passphrase', { exact: true }).fill(fresh)
  await dialog.getByLabel('The passphrase again').fill(fresh)
  await dialog.getByRole('button', { name: 'Make a new data key' }).click()
  await confirmShownKit(page, await readKit(page))
  const rest = page.getByRole('dialog', { name: 'The vault has a new data key' })
  await expect(rest).toContainText('api.example.com')
  await rest.getByRole('button', { name: /^Delete th(at|ose \d+) backups?$/ }).click()
  await expect(rest).toContainText('0 backups still open')

  const next = await app.restart()
  await next.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await next.getByRole('button', { name: 'Unlock' }).click()
  await expect(next.getByText('This is not the passphrase of this vault.')).toBeVisible({ timeout: 15_000 })
  await next.getByLabel('Passphrase', { exact: true }).fill(fresh)
  await next.getByRole('button', { name: 'Unlock' }).click()
  await goTo(next, 'Models & keys')
  await expect(next.getByRole('table', { name: 'Keys of scripted' }).getByRole('row')).toHaveCount(4)
})

test('what is done with keys is listed, newest first', async ({ page }) => {
  await openKeys(page)
  await keyMenu(page, 'acct-2', 'Show key')
  await page.keyboard.press('Escape')
  await goTo(page, 'Settings')
  const entries = page.getByRole('table', { name: 'What was done with keys' }).getByRole('row')
  await expect(entries.nth(1)).toContainText('key shown')
  await expect(entries.nth(1)).toContainText('acct-2')
  await expect(entries.last()).toContainText('vault created')
})
