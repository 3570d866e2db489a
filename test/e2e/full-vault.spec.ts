// A vault that is full says so in the form that asked too much, and loses nothing of what was typed.
import type { Locator, Page } from '@playwright/test'
import { expect, test, type App } from './support/app.ts'
import { byKeyboard, row } from './support/by-keyboard.ts'
import { fillVault } from './support/closed-vault.ts'
import { chooseEnvFile, chooseLanguage, envFor, importOnFirstRun, passphrase, takeImport } from './support/keywheel.ts'
import { languages } from './support/texts.ts'

const openai = 'https://api.openai.com/v1'
const secretOf = (number: number) => `sk-of-a-vault-that-is-full-${String(number).padStart(4, '0')}`

for (const language of languages) {
  const { say, button, field, counted } = byKeyboard(language)
  const link = (page: Page, view: string) => page.getByRole('link', { name: say(view), exact: true })

  /** The cause and the next step, where the person is looking. */
  async function saysFull(where: Locator) {
    await expect(where).toContainText(say('failures:procedure.VAULT_FULL.cause'))
    await expect(where).toContainText(say('failures:procedure.VAULT_FULL.next'))
  }

  async function openFullVault(app: App): Promise<Page> {
    await importOnFirstRun(app.page, envFor(openai, [1, 2].map(secretOf)))
    await takeImport(app.page)
    if (language !== 'en') await chooseLanguage(app.page, '简体中文')
    const page = await app.restart(() => fillVault(app.dataFolder))
    await page.getByLabel(say('vault:passphrase'), { exact: true }).fill(passphrase)
    await page.keyboard.press('Enter')
    await link(page, 'shell:nav.models').click()
    await expect(row(page, 'acct-2')).toBeVisible()
    return page
  }

  test(`in ${language} a full vault refuses keys, a model and an import where they were asked for, and can be emptied`, async ({
    app,
  }) => {
    const page = await openFullVault(app)
    const form = page.getByRole('dialog')

    await test.step('keys that are pasted', async () => {
      await button(page, 'models:addKeys').click()
      const keys = field(page, 'models:keysField.label')
      await keys.fill(`${secretOf(3)}\n${secretOf(4)}`)
      await form.getByRole('button', { name: counted('models:addCount', 2) }).click()
      await expect(keys).toHaveAttribute('aria-invalid', 'true')
      await saysFull(form)
      await expect(keys).toHaveValue(`${secretOf(3)}\n${secretOf(4)}`)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await expect(form).toBeHidden()
      await expect(page.getByRole('table').getByRole('rowheader')).toHaveCount(2)
    })

    await test.step('a model with its keys', async () => {
      await button(page, 'models:addModel').click()
      await field(page, 'models:field.name').fill('gpt-4o')
      await page.getByRole('combobox', { name: say('models:field.apiBase') }).fill(openai)
      await field(page, 'models:keysField.label').fill(secretOf(5))
      await form.getByRole('button', { name: say('models:addModel') }).click()
      await saysFull(form.getByRole('alert'))
      await expect(field(page, 'models:field.name')).toHaveValue('gpt-4o')
      await expect(field(page, 'models:keysField.label')).toHaveValue(secretOf(5))
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await expect(form).toBeHidden()
      await expect(page.getByRole('link', { name: /gpt-4o/ })).toHaveCount(0)
    })

    await test.step('a file', async () => {
      await link(page, 'shell:nav.transfer').click()
      await chooseEnvFile(page, envFor(openai, [6, 7].map(secretOf), 'gpt-4o'))
      const apply = page.getByRole('button', { name: counted('import:apply', 1) })
      await apply.click()
      await saysFull(page.getByRole('main').getByRole('alert'))
      await expect(apply).toBeEnabled()
    })

    await test.step('what makes room is taken', async () => {
      await link(page, 'shell:nav.models').click()
      await button(page, 'models:moreFor', { label: 'acct-1' }).click()
      await page.getByRole('menuitem', { name: say('models:delete'), exact: true }).click()
      await expect(row(page, 'acct-1')).toHaveCount(0)
      await expect(row(page, 'acct-2')).toBeVisible()
    })
  })
}
