// What Settings does with the vault, each to its end with nothing but the keyboard.
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { byKeyboard, dialog, goTo, main, row } from './support/by-keyboard.ts'
import { chooseFromMenu, press, tabTo } from './support/keyboard.ts'
import { envFor, passphrase } from './support/keywheel.ts'
import { languages } from './support/texts.ts'

const slow = { timeout: 20_000 }
const secretOf = (number: number) => `sk-of-a-kept-account-${String(number).padStart(4, '0')}`

for (const language of languages) {
  const { say, button, importText } = byKeyboard(language)
  const passphraseField = (page: Page, within: Page | ReturnType<Page['getByRole']> = page) =>
    within.getByLabel(say('vault:passphrase'), { exact: true })
  const backups = (page: Page) => page.getByRole('table', { name: say('vault:backups.title'), exact: true })
  const way = (page: Page, name: 'pass' | 'os' | 'file') =>
    button(page, 'vault:ways.removeLabel', { name: say(`vault:ways.name.${name}`) })

  /** Types a new passphrase where one is asked for, twice. */
  async function setPassphrase(page: Page, text: string) {
    await tabTo(passphraseField(page, dialog(page)))
    await page.keyboard.type(text)
    await tabTo(dialog(page).getByLabel(say('vault:again'), { exact: true }))
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }

  async function unlock(page: Page, text: string) {
    await expect(passphraseField(page)).toBeFocused()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }

  test.describe(`the vault by keyboard alone, in ${language}`, () => {
    test.use({ language })
    test.beforeEach(({ page }) => importText(page, envFor('https://api.example.com/v1', [1, 2].map(secretOf))))

    test('a backup is looked into and restored, and another one is deleted', async ({ page }) => {
      await goTo(page, 'm', say('shell:nav.models'))
      await tabTo(button(page, 'models:moreFor', { label: 'acct-1' }))
      await chooseFromMenu(page, say('models:delete'), 'ArrowUp')
      await expect(row(page, 'acct-1')).toBeHidden()
      await goTo(page, 's', say('shell:nav.settings'))
      const restore = backups(page).getByRole('button', { name: say('vault:backups.restoreOf', { saved: '' }) })
      await expect(restore.first()).toBeVisible()
      await press(restore.first())
      await expect(passphraseField(page, dialog(page))).toBeFocused()
      await page.keyboard.type('not what it was')
      await page.keyboard.press('Enter')
      await expect(dialog(page)).toContainText(say('failures:procedure.WRONG_PASSPHRASE.cause'), slow)
      await expect(passphraseField(page, dialog(page))).toBeFocused()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type(passphrase)
      await page.keyboard.press('Enter')
      const confirm = dialog(page).getByRole('button', { name: say('vault:restore.confirm'), exact: true })
      await expect(confirm).toBeFocused(slow)
      await page.keyboard.press('Enter')
      await expect(dialog(page)).toBeHidden()
      await expect(page.getByText(say('vault:restore.done'))).toBeVisible()
      await expect(main(page).locator(':focus')).toBeAttached()

      const rows = backups(page).getByRole('row')
      const before = await rows.count()
      await press(
        backups(page)
          .getByRole('button', { name: say('vault:backups.removeOf', { saved: '' }) })
          .last(),
      )
      await expect(
        dialog(page)
          .getByRole('button', { name: say('vault:cancel') })
          .last(),
      ).toBeFocused()
      await press(dialog(page).getByRole('button', { name: say('vault:backups.remove'), exact: true }))
      await expect(rows).toHaveCount(before - 1)
      await expect(main(page).locator(':focus')).toBeAttached()
      await goTo(page, 'm', say('shell:nav.models'))
      await expect(row(page, 'acct-1')).toBeVisible()
    })

    test('the passphrase becomes another one, and only that one opens the vault', async ({ page }) => {
      const fresh = `${passphrase} anew`
      await goTo(page, 's', say('shell:nav.settings'))
      const change = button(page, 'vault:ways.changePassphrase')
      await press(change)
      await setPassphrase(page, fresh)
      await expect(page.getByText(say('vault:ways.passphraseSet'))).toBeVisible(slow)
      await expect(change).toBeFocused()
      await press(button(page, 'vault:locks.lockVault'), 'Space')
      await press(button(page, 'vault:locked.unlock'))
      await unlock(page, passphrase)
      await expect(page.getByText(say('failures:procedure.WRONG_PASSPHRASE.cause'))).toBeVisible(slow)
      await unlock(page, fresh)
      await expect(main(page)).toBeFocused(slow)
      await goTo(page, 'm', say('shell:nav.models'))
      await expect(row(page, 'acct-1')).toBeVisible()
    })

    test('a way to open the vault is added, takes the place of the passphrase, and goes again', async ({
      app,
      page,
    }) => {
      const kind = app.host === 'browser-host' ? 'file' : 'os'
      await goTo(page, 's', say('shell:nav.settings'))
      await expect(way(page, 'pass')).toBeDisabled()
      await press(button(page, `vault:ways.add.${kind}`))
      await expect(way(page, kind)).toBeEnabled()
      await expect(main(page).locator(':focus')).toBeAttached()
      await press(way(page, 'pass'))
      await expect(way(page, kind)).toBeDisabled()
      await expect(main(page).locator(':focus')).toBeAttached()
      await press(button(page, 'vault:ways.addPassphrase').last())
      await setPassphrase(page, passphrase)
      await expect(page.getByText(say('vault:ways.passphraseSet'))).toBeVisible(slow)
      await press(way(page, kind))
      await expect(way(page, 'pass')).toBeDisabled()
      await expect(main(page).locator(':focus')).toBeAttached()
      await press(button(page, 'vault:locks.lockVault'))
      await press(button(page, 'vault:locked.unlock'))
      await unlock(page, passphrase)
      await expect(main(page)).toBeFocused(slow)
    })
  })
}
