// What a person meets seldom, and then at the worst time: each said in the page's own words.
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream, type MockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test } from './support/app.ts'
import { byKeyboard, row } from './support/by-keyboard.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'
import { recordNotifications } from './support/notifications.ts'
import { languages } from './support/texts.ts'

const dayMs = 24 * 3_600_000
const secretOf = (number: number) => `sk-of-a-hard-account-${String(number).padStart(4, '0')}`
const formula = `=cmd|' /C calc'!A0`
const blockPage = `<!doctype html><html><head><title>Attention Required! | Cloudflare</title></head>
<body><h1>Sorry, you have been blocked</h1><p>You are unable to access this website. Ray ID: 8f00ba4</p></body></html>`

for (const language of languages) {
  const { say, button } = byKeyboard(language)

  async function open(page: Page, provider: MockUpstream, keys: number) {
    await importOnFirstRun(
      page,
      envFor(
        provider.url,
        Array.from({ length: keys }, (_, key) => secretOf(key + 1)),
      ),
    )
    await takeImport(page)
    await goTo(page, 'Models & keys')
    if (language !== 'en') await chooseLanguage(page, '简体中文')
  }

  async function openTerms(page: Page, label: string) {
    await button(page, 'models:moreFor', { label }).click()
    await page.getByRole('menuitem', { name: say('models:terms.open') }).click()
    return page.getByRole('dialog', { name: say('models:terms.title', { label }) })
  }

  test.describe(`in ${language}`, () => {
    let provider: MockUpstream
    test.beforeEach(async () => {
      provider = await startMockUpstream([])
    })
    test.afterEach(() => provider.close())

    test('a weight of zero says at its field what it means, and all of them what they mean together', async ({
      page,
    }) => {
      await open(page, provider, 2)
      await button(page, 'models:strategyLabel', { name: say('models:strategy.round-robin.name') }).click()
      await page
        .getByRole('menuitem')
        .filter({ hasText: say('models:strategy.weighted.text') })
        .click()
      for (const [label, note] of [
        ['acct-1', 'reserve'],
        ['acct-2', 'allReserve'],
      ] as const) {
        const form = await openTerms(page, label)
        const weight = form.getByRole('textbox', { name: say('models:weight') })
        await weight.fill('-1')
        await form.getByRole('button', { name: say('models:save') }).click()
        await expect(form.getByText(say('failures:field.weight_range'))).toBeVisible()
        await weight.fill('0')
        await expect(weight).toHaveAccessibleDescription(say(`models:weightNote.${note}`))
        await form.getByRole('button', { name: say('models:save') }).click()
        await expect(form).toBeHidden()
      }
      await expect(page.getByRole('main').getByText(say('models:weightNote.allReserve'))).toBeVisible()
    })

    test('a label that a spreadsheet would run is text in the file that the browser saves', async ({ page }) => {
      provider.script(secretOf(1), upstream.says('ok'))
      await open(page, provider, 1)
      const form = await openTerms(page, 'acct-1')
      await form.getByRole('textbox', { name: say('models:label'), exact: true }).fill(formula)
      await form.getByRole('button', { name: say('models:save') }).click()
      await expect(row(page, formula)).toBeVisible()
      await page.getByRole('link', { name: say('shell:nav.playground'), exact: true }).click()
      await page.getByRole('textbox', { name: say('prompt:label'), exact: true }).fill('hello')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('article')).toContainText('ok')
      await page.getByRole('link', { name: say('shell:nav.activity'), exact: true }).click()
      await button(page, 'activity:export.button').click()
      const downloading = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: say('activity:export.csv'), exact: true }).click()
      const text = await readFile(await (await downloading).path(), 'utf8')
      expect(text).toContain(`'${formula}`)
      expect(text).not.toMatch(/(^|,|")=cmd/m)
    })

    test('an address that answers with a block page is said to be blocked, and no key is blamed', async ({ page }) => {
      const blocked = upstream.answers(403, blockPage, {
        'content-type': 'text/html; charset=UTF-8',
        server: 'cloudflare',
      })
      for (const number of [1, 2]) provider.script(secretOf(number), blocked)
      await open(page, provider, 2)
      await button(page, 'models:testAll').click()
      const { host } = new URL(provider.url)
      const cause = say('failures:outcome.address-blocked.cause', {
        host,
        status: say('failures:status', { status: 403 }),
      })
      await expect(row(page, 'acct-1').getByTitle(cause)).toContainText(say('models:outcome.address-blocked'))
      expect(await page.content()).not.toMatch(/Attention Required|Ray ID/)
      await expect(row(page, 'acct-1')).not.toContainText(say('key-state:rejected'))
    })

    test('a key whose last day is near is notified of, once', async ({ page, host }) => {
      test.skip(host !== 'browser-host', 'a desktop notifies through main')
      const shown = await recordNotifications(page)
      await open(page, provider, 2)
      const near = [10, 2].map((days) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10))
      for (const [index, day] of near.entries()) {
        const form = await openTerms(page, `acct-${index + 1}`)
        await form.getByLabel(say('models:terms.lastDay')).fill(day)
        await form.getByRole('button', { name: say('models:save') }).click()
        await expect(form).toBeHidden()
      }
      const title = say('shell:notify.expiring.title', { key: 'acct-2' })
      const text = say('shell:notify.expiring.text', { key: 'acct-2', model: 'scripted' })
      await expect.poll(shown).toEqual([`${title} ${text}`])
    })
  })
}
