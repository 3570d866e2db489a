// The bin: one key by itself, all of a model, or a model; back again, or for good.
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { byKeyboard, row } from './support/by-keyboard.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'
import { languages } from './support/texts.ts'

const secretOf = (number: number) => `sk-of-a-deleted-account-${String(number).padStart(4, '0')}`

for (const language of languages) {
  const { say, button, counted } = byKeyboard(language)
  const bin = (page: Page) => page.getByRole('dialog', { name: say('models:bin.title') })
  const inBin = (page: Page, name: string, label: string) =>
    bin(page).getByRole('button', { name: say(`models:bin.${name}KeyLabel`, { label, name: 'scripted' }) })
  const ofModel = (page: Page, name: string) =>
    bin(page).getByRole('button', { name: say(`models:bin.${name}Label`, { name: 'scripted' }), exact: true })
  const bringBackAll = (page: Page, count: number) =>
    bin(page).getByRole('button', { name: counted('models:bin.restoreAll', count) })
  const openBin = (page: Page, count: number) =>
    page.getByRole('link', { name: say('models:bin.link', { count }) }).click()
  const closeBin = (page: Page) =>
    bin(page)
      .getByRole('button', { name: say('models:bin.close') })
      .click()

  /** The way back from what a message says was done. */
  const said = (page: Page, text: string) =>
    page
      .getByRole('alert')
      .filter({ hasText: text })
      .getByRole('button', { name: say('shell:toast.undo'), exact: true })

  async function deleteKeys(page: Page, labels: readonly string[]) {
    for (const label of labels)
      await page.getByRole('checkbox', { name: say('models:selectLabel', { label }), exact: true }).check()
    await button(page, 'models:delete').click()
    await expect(row(page, labels[0] ?? '')).toBeHidden()
  }

  test.describe(`the bin, in ${language}`, () => {
    test.beforeEach(async ({ page }) => {
      await importOnFirstRun(page, envFor('https://api.example.com/v1', [1, 2, 3, 4].map(secretOf)))
      await takeImport(page)
      await goTo(page, 'Models & keys')
      if (language !== 'en') await chooseLanguage(page, '简体中文')
    })

    test('gives back one key of several, which can be undone, and then all the rest', async ({ app, page }) => {
      await deleteKeys(page, ['acct-1', 'acct-2', 'acct-3'])
      await openBin(page, 3)
      await expect(bin(page).getByText('…0002')).toBeVisible()
      await app.screenshot(`bin-${language}`)
      await inBin(page, 'restore', 'acct-2').click()
      await expect(inBin(page, 'restore', 'acct-2')).toHaveCount(0)
      await expect(inBin(page, 'restore', 'acct-1')).toBeVisible()
      await said(page, counted('models:bin.restoredKeys', 1, { label: 'acct-2', model: 'scripted' })).click()
      await expect(inBin(page, 'restore', 'acct-2')).toBeVisible()
      await inBin(page, 'restore', 'acct-2').click()
      await expect(inBin(page, 'restore', 'acct-2')).toHaveCount(0)
      await bringBackAll(page, 2).click()
      await expect(bin(page)).toContainText(say('models:bin.empty'))
      await closeBin(page)
      await page.reload()
      await expect(page.getByRole('rowheader')).toHaveText([/acct-1/, /acct-2/, /acct-3/, /acct-4/])
    })

    test('forgets one key for good and keeps the others', async ({ page }) => {
      await deleteKeys(page, ['acct-1', 'acct-2'])
      await openBin(page, 2)
      await inBin(page, 'purge', 'acct-1').click()
      const question = page.getByRole('dialog', { name: say('models:bin.askTitle') })
      await expect(question).toContainText(say('models:bin.askKey', { name: 'scripted', key: 'acct-1 …0001' }))
      await question.getByRole('button', { name: say('models:bin.confirm'), exact: true }).click()
      await expect(bin(page)).toContainText(counted('models:bin.done', 1))
      await bin(page)
        .getByRole('button', { name: say('models:bin.close'), exact: true })
        .last()
        .click()
      await expect(inBin(page, 'restore', 'acct-1')).toHaveCount(0)
      await inBin(page, 'restore', 'acct-2').click()
      await expect(bin(page)).toContainText(say('models:bin.empty'))
    })

    test('says why a key stays that its model has again, and brings the others', async ({ page }) => {
      await deleteKeys(page, ['acct-1', 'acct-2'])
      await button(page, 'models:addKeys').click()
      const form = page.getByRole('dialog')
      await form.getByRole('textbox', { name: say('models:keysField.label') }).fill(secretOf(1))
      await form.getByRole('button', { name: counted('models:addCount', 1) }).click()
      await expect(form).toBeHidden()
      await openBin(page, 2)
      await inBin(page, 'restore', 'acct-1').click()
      await expect(page.getByRole('alert').filter({ hasText: '…0001' })).toBeVisible()
      await bringBackAll(page, 2).click()
      await expect(page.getByText(counted('models:bin.stayedKeys', 1, { model: 'scripted' }))).toBeVisible()
      await expect(inBin(page, 'restore', 'acct-1')).toBeVisible()
      await expect(inBin(page, 'restore', 'acct-2')).toHaveCount(0)
    })

    test('gives back a model with its keys, which can be undone', async ({ page }) => {
      await page.getByRole('tab', { name: say('models:tab.settings') }).click()
      await button(page, 'models:deleteModel').click()
      await openBin(page, 1)
      await expect(bin(page)).toContainText('acct-4 …0004')
      await ofModel(page, 'restore').click()
      await expect(bin(page)).toContainText(say('models:bin.empty'))
      await said(page, say('models:bin.restoredModel', { name: 'scripted' })).click()
      await expect(ofModel(page, 'restore')).toBeVisible()
      await ofModel(page, 'restore').click()
      await closeBin(page)
      await expect(page.getByRole('link', { name: /scripted/ })).toBeVisible()
    })
  })
}
