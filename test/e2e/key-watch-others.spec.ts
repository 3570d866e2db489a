// Key Watch where a finding has more than one fix: those that are not the first.
import type { Page } from '@playwright/test'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream, type MockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { startTestProxy } from '../support/test-proxy.ts'
import { expect, test } from './support/app.ts'
import { byKeyboard, row } from './support/by-keyboard.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'
import { languages } from './support/texts.ts'

const dayMs = 24 * 3_600_000
const secretOf = (number: number) => `sk-of-a-watched-account-${String(number).padStart(4, '0')}`
const openai = 'https://api.openai.com/v1'
const example = 'your-api-key'
const ofAnotherProvider = 'sk-ant-api03-of-a-person-0003'
const shared = 'sk-proj-of-both-models-0001'

for (const language of languages) {
  const { say, button, counted } = byKeyboard(language)
  const watch = (page: Page) => page.getByRole('dialog', { name: say('models:watch.title') })
  const link = (page: Page) => page.getByRole('link', { name: say('models:watch.title') })
  const finding = (page: Page, kind: string, count = 1, model = 'scripted') =>
    watch(page)
      .getByRole('listitem')
      .filter({ hasText: counted(`models:watch.kind.${kind}`, count, { model }) })
  const fix = (page: Page, kind: string, how: string, count = 1, model = 'scripted') =>
    finding(page, kind, count, model).getByRole('button', { name: say(`models:watch.fix.${how}`) })

  async function open(page: Page, file: string) {
    await importOnFirstRun(page, file)
    await takeImport(page)
    await goTo(page, 'Models & keys')
    if (language !== 'en') await chooseLanguage(page, '简体中文')
  }

  /** `open`: the keys of that model are there, and nothing else was done. */
  async function leadsToKeys(page: Page, model: string, keys: number) {
    await expect(watch(page)).toBeHidden()
    await expect(page.getByRole('heading', { level: 2, name: model, exact: true })).toBeVisible()
    await expect(page.getByRole('table').getByRole('rowheader')).toHaveCount(keys)
  }

  async function setLastDay(page: Page, label: string, day: string) {
    await button(page, 'models:moreFor', { label }).click()
    await page.getByRole('menuitem', { name: say('models:terms.open') }).click()
    const form = page.getByRole('dialog', { name: say('models:terms.title', { label }) })
    await form.getByLabel(say('models:terms.lastDay')).fill(day)
    await form.getByRole('button', { name: say('models:save') }).click()
    await expect(form).toBeHidden()
  }

  test.describe(`in ${language}`, () => {
    let provider: MockUpstream
    test.beforeEach(async () => {
      provider = await startMockUpstream([])
      for (const number of [1, 2, 3]) provider.script(secretOf(number), upstream.says('ok'))
    })
    test.afterEach(() => provider.close())

    test('a refused key is looked at, or removed', async ({ page }) => {
      provider.script(secretOf(2), upstream.rejectsKey())
      await open(page, envFor(provider.url, [1, 2].map(secretOf)))
      await button(page, 'models:testAll').click()
      await expect(row(page, 'acct-2')).toContainText(say('key-state:rejected'))
      await link(page).click()
      await fix(page, 'rejected', 'open').click()
      await leadsToKeys(page, 'scripted', 2)
      await link(page).click()
      await fix(page, 'rejected', 'remove').click()
      await expect(finding(page, 'rejected')).toHaveCount(0)
      await expect(row(page, 'acct-2')).toHaveCount(0)
    })

    test('an expired key is removed, and can be had back', async ({ page }) => {
      await open(page, envFor(provider.url, [1, 2].map(secretOf)))
      await setLastDay(page, 'acct-1', '2020-01-31')
      await link(page).click()
      await fix(page, 'expired', 'remove').click()
      await expect(watch(page)).toContainText(say('models:watch.nothing'))
      await watch(page)
        .getByRole('button', { name: say('models:bin.close') })
        .click()
      // A dialogue that is still on its way out keeps the shortcuts to itself.
      await expect(watch(page)).toBeHidden()
      await page.keyboard.press('Control+z')
      await expect(row(page, 'acct-1')).toContainText(say('key-state:expired'))
    })

    test('an example and a key in two models are looked at', async ({ page }) => {
      const models = {
        'gpt-4o': { api_base: openai, api_key: [shared, example] },
        'gpt-4o-mini': { api_base: openai, api_key: [shared] },
        scripted: { api_base: provider.url, api_key: [secretOf(1)] },
      }
      await open(page, `LLM_MODEL_CONFIGS='${JSON.stringify(models)}'\n`)
      for (const [kind, model, keys] of [
        ['placeholder', 'gpt-4o', 2],
        ['duplicate', 'gpt-4o-mini', 1],
      ] as const) {
        await link(page).click()
        await fix(page, kind, 'open', 1, model).click()
        await leadsToKeys(page, model, keys)
      }
    })

    test('another provider’s key is looked at, then moved to the model that it is for', async ({ page }) => {
      const models = {
        'gpt-4o': { api_base: openai, api_key: ['sk-proj-of-a-person-0001', ofAnotherProvider] },
        claude: { api_base: 'https://api.anthropic.com/v1', api_key: ['sk-ant-api03-of-a-person-0004'] },
      }
      await open(page, `LLM_MODEL_CONFIGS='${JSON.stringify(models)}'\n`)
      await link(page).click()
      await fix(page, 'foreign', 'open', 1, 'gpt-4o').click()
      await leadsToKeys(page, 'gpt-4o', 2)
      await page.getByRole('checkbox', { name: say('models:selectLabel', { label: 'acct-2' }) }).check()
      await button(page, 'models:more').click()
      await page.getByRole('menuitem', { name: say('models:moveTo.open') }).click()
      await page.getByRole('combobox', { name: say('models:moveTo.field') }).click()
      await page.getByRole('option', { name: 'claude' }).click()
      await page.getByRole('button', { name: say('models:moveTo.move'), exact: true }).click()
      const question = page.getByRole('dialog', { name: say('shell:otherHost.title') })
      await question.getByRole('button', { name: say('shell:otherHost.allow', { to: 'api.anthropic.com' }) }).click()
      await expect(page.getByText(counted('models:movedTo', 1, { model: 'claude' }))).toBeVisible()
      await expect(link(page)).toBeHidden()
    })

    test('another provider’s key is tested where it lies, and nowhere else', async ({ page }) => {
      const proxy = await startTestProxy()
      proxy.behaves('forbids')
      const models = {
        'gpt-4o': { api_base: openai, api_key: ['sk-proj-of-a-person-0001', ofAnotherProvider] },
        scripted: { api_base: provider.url, api_key: [1, 2].map(secretOf) },
      }
      await open(page, `LLM_MODEL_CONFIGS='${JSON.stringify(models)}'\n`)
      await page.getByRole('link', { name: say('shell:nav.settings'), exact: true }).click()
      const network = page.getByRole('region', { name: say('settings:network.title') })
      await network.getByText(say('settings:network.mode.own'), { exact: true }).click()
      await page.getByRole('dialog').getByLabel(say('settings:network.url')).fill(proxy.url)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('dialog')).toBeHidden()
      await page.getByRole('link', { name: say('shell:nav.models'), exact: true }).click()
      await page.getByRole('link', { name: /^scripted/ }).click()
      await link(page).click()
      await fix(page, 'foreign', 'test', 1, 'gpt-4o').click()
      await leadsToKeys(page, 'gpt-4o', 2)
      await expect(row(page, 'acct-2')).toContainText(say('models:outcome.upstream-failed'))
      // The proxy lets nobody through, so that nothing is known of the key itself: it stays, and is still remarked on.
      expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT api.openai.com:443 HTTP/1.1']))
      expect(provider.requests).toEqual([])
      await expect(row(page, 'acct-2')).not.toContainText(say('key-state:rejected'))
      await expect(row(page, 'acct-1')).not.toContainText(say('models:outcome.upstream-failed'))
      await link(page).click()
      await expect(finding(page, 'foreign', 1, 'gpt-4o')).toBeVisible()
      await proxy.close()
    })

    test('a key in two models is removed from either, and stays in the other', async ({ page }) => {
      const models = {
        'gpt-4o': { api_base: openai, api_key: [shared, 'sk-proj-of-a-person-0002'] },
        'gpt-4o-mini': { api_base: openai, api_key: ['sk-proj-of-a-person-0003', shared] },
      }
      await open(page, `LLM_MODEL_CONFIGS='${JSON.stringify(models)}'\n`)
      for (const [from, label, other] of [
        ['gpt-4o', 'acct-1', 'gpt-4o-mini'],
        ['gpt-4o-mini', 'acct-2', 'gpt-4o'],
      ] as const) {
        await link(page).click()
        await expect(finding(page, 'duplicate', 1, other)).toContainText(from)
        await fix(page, 'duplicate', 'remove', 1, from).click()
        await expect(watch(page)).toContainText(say('models:watch.nothing'))
        await watch(page)
          .getByRole('button', { name: say('models:bin.close') })
          .click()
        await page.getByRole('link', { name: new RegExp(`^${from}(?!-)`) }).click()
        await expect(row(page, label)).toHaveCount(0)
        await expect(page.getByRole('table').getByRole('rowheader')).toHaveCount(1)
        await page.getByRole('link', { name: new RegExp(`^${other}(?!-)`) }).click()
        await expect(page.getByRole('table').getByRole('rowheader')).toHaveCount(2)
        await page.keyboard.press('Control+z')
        await expect(link(page)).toBeVisible()
      }
    })

    test('keys of one account are looked at', async ({ page }) => {
      await open(page, envFor(provider.url, [1, 2].map(secretOf)))
      await page.getByRole('checkbox', { name: say('models:selectLabel', { label: 'acct-1' }) }).check()
      await page.getByRole('checkbox', { name: say('models:selectLabel', { label: 'acct-2' }) }).check()
      await button(page, 'models:more').click()
      await page.getByRole('menuitem', { name: say('models:many.accountOpen') }).click()
      await page.getByRole('dialog').getByRole('textbox').fill('team-a')
      await page.keyboard.press('Enter')
      await link(page).click()
      await fix(page, 'one-account', 'open', 2).click()
      await leadsToKeys(page, 'scripted', 2)
    })

    test('keys that rest too long are tested or removed, and one that was never used is looked at', async ({
      page,
    }) => {
      await open(page, envFor(provider.url, [1, 2, 3].map(secretOf)))
      for (const label of ['acct-1', 'acct-2']) {
        await button(page, 'models:testLabel', { label }).click()
        await expect(row(page, label)).toContainText(/answered in|内回答/)
      }
      await page.clock.setFixedTime(Date.now() + 40 * dayMs)
      await link(page).click()
      await fix(page, 'unused', 'open').click()
      await leadsToKeys(page, 'scripted', 3)
      await link(page).click()
      const before = provider.requests.length
      await fix(page, 'stale', 'test', 2).click()
      await expect(watch(page)).toBeHidden()
      const asked = () => new Set(provider.requests.slice(before).map(({ key }) => key))
      await expect.poll(asked).toEqual(new Set([1, 2].map(secretOf)))
      await expect(row(page, 'acct-2')).toContainText(/answered in|内回答/)
      await link(page).click()
      await fix(page, 'stale', 'remove', 2).click()
      await expect(finding(page, 'stale', 2)).toHaveCount(0)
      await expect(row(page, 'acct-1')).toHaveCount(0)
      await expect(row(page, 'acct-3')).toBeVisible()
    })
  })
}
