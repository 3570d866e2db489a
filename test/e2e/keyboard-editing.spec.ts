// Every control of a model worked to its end with nothing but the keyboard: what was entered is there after a reload.
import type { Page } from '@playwright/test'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream, type MockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test } from './support/app.ts'
import { byKeyboard, dialog, goTo, main, retype, row } from './support/by-keyboard.ts'
import { chooseFromMenu, press, tabTo } from './support/keyboard.ts'
import { languages } from './support/texts.ts'

const secretOf = (number: number) => `sk-of-an-edited-account-${String(number).padStart(4, '0')}`

for (const language of languages) {
  const { say, button, field, counted, type, importText } = byKeyboard(language)
  const baseUrl = (page: Page) => page.getByRole('combobox', { name: say('models:field.apiBase'), exact: true })
  const settingsTab = (page: Page) => page.getByRole('tab', { name: say('models:tab.settings') })

  /** From wherever the focus is, into a tab of the model that is open. */
  async function openTab(page: Page, name: 'settings' | 'effective') {
    await tabTo(page.getByRole('tab', { selected: true }))
    const wanted = page.getByRole('tab', { name: say(`models:tab.${name}`) })
    while (!(await wanted.getAttribute('aria-selected'))?.includes('true')) await page.keyboard.press('ArrowRight')
  }

  /** The page anew, in the same tab of the same model. */
  async function reloadSettings(page: Page) {
    await page.reload()
    await settingsTab(page).waitFor()
    await openTab(page, 'settings')
    await expect(field(page, 'models:field.name')).toBeVisible()
  }

  /** Opens the list of a choice and goes down it. */
  async function choose(page: Page, name: string, option: string) {
    await tabTo(page.getByRole('combobox', { name: say(name), exact: true }))
    const wanted = page.getByRole('option', { name: option, exact: true })
    await page.keyboard.press('ArrowDown')
    await expect(wanted).toBeVisible()
    const isThere = async () => (await wanted.getAttribute('data-combobox-selected')) === 'true'
    for (let steps = 0; steps < 20 && !(await isThere()); steps++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
  }

  async function addTag(page: Page, name: string, tag: string) {
    await tabTo(page.getByRole('combobox', { name: say(name), exact: true }))
    await page.keyboard.type(tag)
    await page.keyboard.press('Enter')
  }

  test.describe(`to its end by keyboard alone, in ${language}`, () => {
    test.use({ language })

    let provider: MockUpstream
    test.beforeEach(async ({ page }) => {
      provider = await startMockUpstream([])
      const models = {
        scripted: { api_key: [1, 2, 3].map(secretOf), api_base: provider.url },
        another: { api_key: [secretOf(9)], api_base: provider.url },
      }
      await importText(page, `LLM_MODEL_CONFIGS='${JSON.stringify(models)}'\n`, 2)
      await goTo(page, 'm', say('shell:nav.models'))
      await press(page.getByRole('link', { name: /scripted/ }))
    })
    test.afterEach(() => provider.close())

    test('every field of a model’s settings is filled in, saved, and there again', async ({ page }) => {
      await openTab(page, 'settings')
      await type(page, 'models:field.name', 'renamed')
      await tabTo(baseUrl(page))
      await page.keyboard.press('End')
      await page.keyboard.type('/again')
      await expect(main(page).getByText(`${provider.url}/again/chat/completions`)).toBeVisible()
      await type(page, 'models:field.provider', 'openai')
      await type(page, 'models:field.temperature', '0.5')
      await page.keyboard.press('ArrowUp')
      await choose(page, 'models:field.strategy', say('models:strategy.sticky.name'))
      await expect(main(page).getByText(say('models:strategy.sticky.text'))).toBeVisible()
      await type(page, 'models:patience.maxWait', '12.5')
      await type(page, 'models:patience.deadline', '90')
      await addTag(page, 'models:field.aliases', 'first-name')
      await addTag(page, 'models:field.aliases', 'second-name')
      await choose(page, 'models:field.fallbacks', 'another')
      await page.keyboard.press('Escape')
      await press(button(page, 'models:save'))
      await expect(page.getByText(say('models:saved', { name: 'renamed' }))).toBeVisible()
      await expect(button(page, 'models:save')).toBeDisabled()

      await reloadSettings(page)
      await expect(field(page, 'models:field.name')).toHaveValue('renamed')
      await expect(baseUrl(page)).toHaveValue(`${provider.url}/again`)
      await expect(field(page, 'models:field.provider')).toHaveValue('openai')
      await expect(field(page, 'models:field.temperature')).toHaveValue('0.6')
      const strategy = page.getByRole('combobox', { name: say('models:field.strategy'), exact: true })
      await expect(strategy).toHaveValue(say('models:strategy.sticky.name'))
      await expect(field(page, 'models:patience.maxWait')).toHaveValue('12.5')
      await expect(field(page, 'models:patience.deadline')).toHaveValue('90')
      for (const tag of ['first-name', 'second-name', 'another'])
        await expect(main(page).getByRole('tabpanel').getByText(tag, { exact: true })).toBeVisible()
    })

    test('Enter saves from a field, names are taken out again, and an edit is put back', async ({ page }) => {
      await openTab(page, 'settings')
      await addTag(page, 'models:field.aliases', 'one-name')
      await addTag(page, 'models:field.aliases', 'other-name')
      await page.keyboard.press('Backspace')
      await type(page, 'models:field.provider', 'openai')
      await page.keyboard.press('Enter')
      await expect(page.getByText(say('models:saved', { name: 'scripted' }))).toBeVisible()
      await type(page, 'models:patience.deadline', '0')
      await page.keyboard.press('Enter')
      await expect(field(page, 'models:patience.deadline')).toHaveAttribute('aria-invalid', 'true')
      await press(button(page, 'models:reset'))
      await expect(field(page, 'models:patience.deadline')).toHaveValue('')
      await reloadSettings(page)
      await expect(field(page, 'models:field.provider')).toHaveValue('openai')
      const panel = main(page).getByRole('tabpanel')
      await expect(panel.getByText('one-name', { exact: true })).toBeVisible()
      await expect(panel.getByText('other-name', { exact: true })).toHaveCount(0)
    })

    test('another host is asked about: a no changes nothing, a yes is kept', async ({ page }) => {
      const elsewhere = 'https://elsewhere.example/v1'
      await openTab(page, 'settings')
      await tabTo(baseUrl(page))
      await retype(page, elsewhere)
      await page.keyboard.press('Enter')
      const question = page.getByRole('dialog', { name: say('shell:otherHost.title') })
      await expect(question).toContainText('elsewhere.example')
      await expect(question.getByRole('button', { name: say('shell:otherHost.keep') }).last()).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(question).toBeHidden()
      await expect(baseUrl(page)).toBeFocused()
      await expect(baseUrl(page)).toHaveValue(elsewhere)
      await expect(main(page).getByText(say('models:unsaved'))).toBeVisible()

      await page.keyboard.press('Enter')
      await press(question.getByRole('button', { name: say('shell:otherHost.allow', { to: 'elsewhere.example' }) }))
      await expect(page.getByText(say('models:saved', { name: 'scripted' }))).toBeVisible()
      await expect(baseUrl(page)).toBeFocused()
      await reloadSettings(page)
      await expect(baseUrl(page)).toHaveValue(elsewhere)
      await tabTo(baseUrl(page))
      await page.keyboard.press('Escape')
      await press(button(page, 'models:deleteModel'))
      await expect(page.getByRole('link', { name: /scripted/ })).toBeHidden()
      await page.keyboard.press('ControlOrMeta+z')
      await expect(page.getByRole('link', { name: /scripted/ })).toBeVisible()
    })

    test('keys are given an account, and a key moves to another model', async ({ page }) => {
      for (const label of ['acct-1', 'acct-2'])
        await press(page.getByRole('checkbox', { name: say('models:selectLabel', { label }) }), 'Space')
      await tabTo(button(page, 'models:more'), 'Shift+Tab')
      await chooseFromMenu(page, say('models:many.accountOpen'))
      await expect(dialog(page).getByRole('textbox', { name: say('models:many.account') })).toBeFocused()
      await page.keyboard.type('team-a')
      await page.keyboard.press('Enter')
      await expect(page.getByText(counted('models:many.saved', 2))).toBeVisible()
      await page.reload()
      for (const [label, account] of [
        ['acct-2', 'team-a'],
        ['acct-3', ''],
      ] as const) {
        await tabTo(button(page, 'models:moreFor', { label }))
        await chooseFromMenu(page, say('models:terms.open'))
        await expect(dialog(page).getByRole('textbox', { name: say('models:terms.account') })).toHaveValue(account)
        await page.keyboard.press('Escape')
        await expect(dialog(page)).toBeHidden()
      }
      await press(page.getByRole('checkbox', { name: say('models:selectLabel', { label: 'acct-3' }) }), 'Space')
      await tabTo(button(page, 'models:more'), 'Shift+Tab')
      await chooseFromMenu(page, say('models:moveTo.open'))
      await expect(page.getByRole('combobox', { name: say('models:moveTo.field') })).toBeFocused()
      await page.keyboard.type('anoth')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await press(dialog(page).getByRole('button', { name: say('models:moveTo.move'), exact: true }))
      await expect(row(page, 'acct-3')).toBeHidden()
      await press(page.getByRole('link', { name: /another/ }))
      await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', '3')
    })

    test('pasted keys are tried first, and those that fail are left out or not', async ({ page }) => {
      for (const [number, answer] of [
        [4, upstream.says('ok')],
        [5, upstream.rejectsKey()],
        [6, upstream.stalls()],
      ] as const)
        provider.script(secretOf(number), answer, answer)
      await press(button(page, 'models:addKeys'))
      await expect(field(page, 'models:keysField.label')).toBeFocused()
      await page.keyboard.insertText([4, 5, 6].map(secretOf).join('\n'))
      await press(dialog(page).getByRole('button', { name: counted('models:trial.run', 3) }))
      await expect(dialog(page).getByText(say('models:trial.result', { good: 1, failed: 1 }))).toBeVisible()
      const stop = dialog(page).getByRole('button', { name: say('models:trial.cancel') })
      await press(stop)
      await expect(stop).toBeHidden()
      const refused = dialog(page)
        .getByRole('listitem')
        .filter({ hasText: new URL(provider.url).host })
      await expect(refused).toContainText('…0005')
      await expect(dialog(page).locator(':focus')).toBeAttached()
      const adds = (count: number) => dialog(page).getByRole('button', { name: counted('models:addCount', count) })
      await expect(adds(2)).toBeVisible()
      const without = dialog(page).getByRole('checkbox', { name: say('models:trial.without') })
      await press(without, 'Space')
      await expect(adds(3)).toBeVisible()
      await page.keyboard.press('Space')
      await press(adds(2))
      await expect(dialog(page)).toBeHidden()
      await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', '6')
      await page.reload()
      await expect(row(page, '…0006')).toBeVisible()
      await expect(row(page, '…0005')).toHaveCount(0)
    })

    test('the effective configuration follows each parameter of the code and a .env', async ({ page }) => {
      await openTab(page, 'effective')
      const line = (name: string) =>
        page
          .getByRole('table', { name: say('effective:tableLabel') })
          .getByRole('row')
          .filter({ has: page.getByRole('rowheader', { name: say(`effective:field.${name}`), exact: true }) })
      const choosing = page.waitForEvent('filechooser')
      await press(button(page, 'effective:chooseEnv'))
      const text = 'LLM_MODEL=of-the-file\nAPI_BASE=https://env.example/v1\nLLM_PROVIDER=mine\nLLM_TEMPERATURE=0.9\n'
      await (await choosing).setFiles({ name: 'mine.env', mimeType: 'text/plain', buffer: Buffer.from(text) })
      await expect(page.getByText(say('effective:envNamed', { name: 'mine.env' }))).toBeVisible()
      await expect(line('provider')).toContainText('LLM_PROVIDER')
      const environment = say('effective:source.environment')
      await expect(line('temperature')).toContainText(`0.9${environment}`)
      const typed = { apiBase: 'https://code.example/v1', provider: 'azure', temperature: '0.3' } as const
      for (const [name, value] of Object.entries(typed)) {
        await type(page, `effective:field.${name}`, value)
        await expect(line(name)).toContainText(`${value}${say('effective:source.code')}`)
        await expect(line(name)).toContainText(environment)
      }
      await type(page, 'effective:field.model', 'another')
      await expect(line('model')).toContainText(`another${say('effective:source.code')}`)
      await expect(line('upstreamModel')).toContainText('another')
      await press(button(page, 'effective:removeEnv'))
      await expect(line('temperature')).not.toContainText(environment)
      await expect(main(page).locator(':focus')).toBeAttached()
    })
  })
}
