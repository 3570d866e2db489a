// What the table of keys says in a few words, or has no room for, stands whole in a key's dialogue, at any width.
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test } from './support/app.ts'
import { byKeyboard, row } from './support/by-keyboard.ts'
import { tabTo } from './support/keyboard.ts'
import { chooseLanguage, chooseTheme, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'
import { languages } from './support/texts.ts'

const secretOf = (number: number) => `sk-of-the-key-details-${String(number).padStart(4, '0')}`

test.use({ size: { width: 960, height: 800 } })

for (const language of languages) {
  const { say, button } = byKeyboard(language)

  test(`in ${language} a key's failure is read whole by keyboard and by touch, with when it was used and when it ends`, async ({
    app,
    page,
  }) => {
    const provider = await startMockUpstream([])
    provider.script(secretOf(1), upstream.rejectsKey())
    provider.script(secretOf(2), upstream.says('ok'))
    await importOnFirstRun(page, envFor(provider.url, [1, 2].map(secretOf)))
    await takeImport(page)
    await goTo(page, 'Models & keys')
    if (language !== 'en') {
      await chooseTheme(page, 'dark')
      await chooseLanguage(page, '简体中文')
    }
    await button(page, 'models:testLabel', { label: 'acct-1' }).click()
    const failure = row(page, 'acct-1').getByRole('button', { name: new RegExp(`^${say('models:outcome.rejected')}`) })
    await expect(failure).toBeVisible()
    await app.screenshot(`key-details-table-${language}`)

    const values = { key: 'acct-1', host: new URL(provider.url).host, status: say('failures:status', { status: 401 }) }
    const details = page.getByRole('dialog', { name: say('models:terms.title', { label: 'acct-1' }) })
    const facts = details.getByRole('definition')
    await tabTo(failure)
    await page.keyboard.press('Enter')
    await expect(facts.nth(2)).toContainText(say('failures:outcome.rejected.cause', values))
    await expect(facts.nth(2)).toContainText(say('failures:outcome.rejected.next', values))
    await expect(facts.nth(0)).toContainText(String(new Date().getFullYear()))
    await expect(facts.nth(1)).toHaveText(say('models:facts.noExpiry'))

    await details.getByLabel(say('models:terms.lastDay')).fill('2099-11-24')
    await details.getByRole('button', { name: say('models:save') }).click()
    await expect(details).toBeHidden()
    await failure.click()
    await expect(facts.nth(1)).toContainText('2099')
    await app.screenshot(`key-details-${language}`)
    await provider.close()
  })
}
