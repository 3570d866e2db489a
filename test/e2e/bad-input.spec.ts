import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'
import {
  both,
  calledUrls,
  canary,
  controls,
  heldSecret,
  keyRefusals,
  languages,
  modelRefusals,
  parameterRefusals,
  pasted,
  priceRefusals,
  secretRefusals,
  type ModelField,
} from './support/refusals.ts'

const shortened = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)

async function refusedAt(field: Locator, said: string, around: Locator | Page) {
  await expect(around.getByText(said, { exact: true })).toBeVisible()
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(around.getByText(canary)).toHaveCount(0)
}

/** OpenAI's model with one key, and a second model at the same host. */
const twoModels = `LLM_MODEL_CONFIGS='${JSON.stringify({
  'gpt-4o': { api_key: heldSecret, api_base: 'https://api.openai.com/v1' },
  'gpt-4o-mini': { api_key: heldSecret, api_base: 'https://api.openai.com/v1' },
})}'\n`

for (const language of languages) {
  const say = (name: keyof typeof controls): string => controls[name][language]

  async function openModel(page: Page, file = envFor('https://api.openai.com/v1', [heldSecret], 'gpt-4o')) {
    await importOnFirstRun(page, file)
    await takeImport(page)
    await goTo(page, 'Models & keys')
    if (language !== 'en') await chooseLanguage(page, '简体中文')
  }

  async function openSettings(page: Page) {
    await page.getByRole('tab', { name: say('settings') }).click()
    return page.getByRole('tabpanel', { name: say('settings') })
  }

  const choose = (page: Page, model: string) =>
    page
      .getByRole('main')
      .getByRole('link')
      .filter({ has: page.getByText(model, { exact: true }) })
      .click()

  test.describe(`in ${language}`, () => {
    test('what a model cannot have is said at its field, and nothing of it is saved', async ({ page }) => {
      await openModel(page)
      const form = await openSettings(page)
      const fieldOf = (name: ModelField) =>
        name === 'apiBase'
          ? form.getByRole('combobox', { name: say('apiBase') })
          : form.getByRole('textbox', { name: say(name), exact: true })
      for (const [name, typed, said] of modelRefusals) {
        await test.step(`${name} ${shortened(typed)}`, async () => {
          const before = await fieldOf(name).inputValue()
          await fieldOf(name).fill(typed)
          await form.getByRole('button', { name: say('save') }).click()
          await refusedAt(fieldOf(name), said[language], form)
          await form.getByRole('button', { name: say('reset') }).click()
          await expect(fieldOf(name)).toHaveValue(before)
          await expect(form.getByText(said[language], { exact: true })).toBeHidden()
        })
      }
    })

    test('an address says what it comes to while it is typed, and what looks like a slip', async ({ page }) => {
      await openModel(page)
      const form = await openSettings(page)
      for (const [typed, called, remark] of calledUrls) {
        await test.step(shortened(typed), async () => {
          await form.getByRole('combobox', { name: say('apiBase') }).fill(typed)
          await expect(form.getByText(called, { exact: true })).toBeVisible()
          for (const one of new Set(calledUrls.flatMap(([, , other]) => other ?? [])))
            await expect(form.getByText(one[language])).toHaveCount(one === remark ? 1 : 0)
        })
      }
    })

    test('another name that leads elsewhere, and a stand-in that is gone, are said at their fields', async ({
      page,
    }) => {
      await openModel(page, twoModels)
      await choose(page, 'gpt-4o')
      const form = await openSettings(page)
      const names = form.getByRole('combobox', { name: say('aliases') })
      const leads = both('gpt-4o-mini already leads to gpt-4o-mini.', 'gpt-4o-mini 已经指向 gpt-4o-mini。')
      const itself = both('gpt-4o already leads to gpt-4o.', 'gpt-4o 已经指向 gpt-4o。')
      for (const [typed, said] of [['gpt-4o-mini', leads] as const, ['gpt-4o', itself] as const]) {
        await names.fill(typed)
        await names.press('Enter')
        await form.getByRole('button', { name: say('save') }).click()
        await refusedAt(names, said[language], form)
        await form.getByRole('button', { name: say('reset') }).click()
      }

      const standIns = form.getByRole('combobox', { name: say('fallbacks') })
      await standIns.click()
      await expect(page.getByRole('option')).toHaveText(['gpt-4o-mini'])
      await page.getByRole('option', { name: 'gpt-4o-mini' }).click()
      await page.keyboard.press('Escape')
      await choose(page, 'gpt-4o-mini')
      await (await openSettings(page)).getByRole('button', { name: say('remove') }).click()
      await choose(page, 'gpt-4o')
      await openSettings(page)
      await form.getByRole('button', { name: say('save') }).click()
      const gone = both(
        'A model can be stood in for only by another one that is still there.',
        '备用模型必须是另一个仍然存在的模型。',
      )
      await refusedAt(standIns, gone[language], form)
    })

    test('an odd name is a name like any other, and is found by its letters', async ({ page }) => {
      await openModel(page)
      for (const name of ['(a+)+$', '*', '🦊', '.*', '=cmd|calc']) {
        const form = await openSettings(page)
        await form.getByRole('textbox', { name: say('model'), exact: true }).fill(name)
        await form.getByRole('button', { name: say('save') }).click()
        await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeVisible()
        await page.getByRole('searchbox', { name: say('search') }).fill(name)
        await expect(page.getByRole('main').getByRole('link').filter({ hasText: name })).toBeVisible()
      }
    })

    test('what a key cannot have is said at its field', async ({ page }) => {
      await openModel(page)
      await page.getByRole('button', { name: say('more') }).click()
      await page.getByRole('menuitem', { name: say('edit') }).click()
      const form = page.getByRole('dialog')
      for (const [name, typed, said] of keyRefusals) {
        await test.step(`${name} ${shortened(typed)}`, async () => {
          const field = form.getByRole('textbox', { name: say(name), exact: true })
          const before = await field.inputValue()
          await field.fill(typed)
          await form.getByRole('button', { name: say('save') }).click()
          await refusedAt(field, said[language], form)
          await field.fill(before)
          await expect(form.getByText(said[language], { exact: true })).toBeHidden()
        })
      }
      await form.getByRole('textbox', { name: say('label'), exact: true }).fill(`=cmd|'/c calc'!A0`)
      await form.getByRole('button', { name: say('save') }).click()
      await expect(page.getByRole('rowheader')).toContainText(`=cmd|'/c calc'!A0`)
    })

    test('what cannot take the place of a key is said at its field, and the old one stays', async ({ page }) => {
      await openModel(page)
      await page.getByRole('button', { name: say('more') }).click()
      await page.getByRole('menuitem', { name: say('replace') }).click()
      const form = page.getByRole('dialog')
      const field = form.getByLabel(say('secret'), { exact: true })
      for (const [typed, said] of secretRefusals) {
        await test.step(shortened(typed), async () => {
          await field.fill(typed)
          await form.getByRole('button', { name: say('replace') }).click()
          await refusedAt(field, said[language], form)
        })
      }
      await field.fill('')
      await page.keyboard.press('Escape')
      await expect(form).toBeHidden()
      await expect(page.getByRole('table')).toContainText('…0001')
    })

    test('a weight that is none is said in its cell', async ({ page }) => {
      await openModel(page)
      const said = both('A whole number from 0 to 1,000.', '请填写 0 到 1,000 的整数。')[language]
      for (const typed of ['-1', '1.5', '1001', 'much']) {
        await page.getByRole('button', { name: say('weightOf') }).click()
        const field = page.getByRole('textbox', { name: say('weight') })
        await field.fill(typed)
        await field.press('Enter')
        await refusedAt(field, said, page)
        await field.press('Escape')
      }
    })

    test('what is odd or wrong about a pasted key is said before anything is added', async ({ page }) => {
      await openModel(page)
      await page.getByRole('button', { name: say('add') }).click()
      const dialog = page.getByRole('dialog')
      const found = dialog.getByRole('list', { name: say('found') })
      for (const [what, text, said] of pasted) {
        await test.step(what, async () => {
          await dialog.getByRole('textbox', { name: say('keys') }).fill(text)
          await expect(found).toContainText(said[language])
          expect(await found.innerText()).not.toContain(text)
        })
      }
    })

    test('a parameter of a chat takes no value that it cannot have', async ({ page }) => {
      await openModel(page)
      await page.getByRole('link', { name: say('playground'), exact: true }).click()
      await page.getByRole('button', { name: say('parameters') }).click()
      for (const [name, typed, said] of parameterRefusals) {
        await test.step(`${name} ${typed}`, async () => {
          const field = page.getByLabel(say(name), { exact: true })
          await field.fill(typed)
          await field.blur()
          await expect(field).toHaveValue('')
          await expect(field).toHaveAccessibleDescription(new RegExp(said[language]))
        })
      }
      await page.getByLabel(say('temperature'), { exact: true }).fill('0.7')
      await expect(page.getByLabel(say('temperature'), { exact: true })).toHaveValue('0.7')
    })

    test('a price that is none is said in its row', async ({ page }) => {
      await openModel(page)
      await page.getByRole('link', { name: say('settings'), exact: true }).click()
      const panel = page.getByRole('region', { name: say('prices') })
      await panel.getByRole('button', { name: say('setPrice') }).click()
      for (const [name, typed, said] of priceRefusals) {
        await test.step(`${name} ${shortened(typed)}`, async () => {
          const field = panel.getByRole('textbox', { name: say(name) })
          const before = await field.inputValue()
          await field.fill(typed)
          await panel.getByRole('button', { name: say('save') }).click()
          await refusedAt(field, said[language], panel)
          await field.fill(before)
        })
      }
    })
  })
}
