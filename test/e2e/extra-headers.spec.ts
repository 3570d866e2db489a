import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test } from './support/app.ts'
import { addHeaders } from './support/closed-vault.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, passphrase, takeImport } from './support/keywheel.ts'
import { headerRefusals } from './support/header-refusals.ts'
import { both, canary, controls, languages } from './support/refusals.ts'

const secret = 'sk-of-the-extra-headers-0001'
const planted = `planted-${randomBytes(16).toString('hex')}`

const words = {
  change: both('Change X-Team', '修改 X-Team'),
  show: both('Show the value of X-Team', '显示 X-Team 的值'),
  removeTeam: both('Remove X-Team', '移除 X-Team'),
  hide: both('Hide', '隐藏'),
  removed: both('X-Team is not sent any more.', '不再发送 X-Team。'),
  undo: both('Undo', '撤销'),
  effective: both('Effective configuration', '生效配置'),
  sentBeside: both('Sent beside these by Keywheel: X-Team', '除此之外，Keywheel 还会发送：X-Team'),
  playground: both('Playground', '试验场'),
  message: both('Message', '消息'),
  passphrase: both('Passphrase', '口令'),
  limit: both(
    'A model has at most 32 extra headers. Remove one to add another.',
    '一个模型最多 32 个附加请求头。请先移除一个再添加。',
  ),
  oneLine: both(
    "A header's value is one line of letters, digits and signs of Western European languages.",
    '请求头的值只能是一行西文字母、数字和符号。',
  ),
  models: both('Models & keys', '模型与密钥'),
}

for (const language of languages) {
  const say = (name: keyof typeof controls | keyof typeof words): string => ({ ...controls, ...words })[name][language]

  async function openSettings(page: Page, apiBase: string) {
    await importOnFirstRun(page, envFor(apiBase, [secret]))
    await takeImport(page)
    await goTo(page, 'Models & keys')
    if (language !== 'en') await chooseLanguage(page, '简体中文')
    await page.getByRole('tab', { name: say('settings') }).click()
    return page.getByRole('group', { name: say('headers') })
  }

  /** With the keyboard alone, from the button on. */
  async function addTeam(page: Page) {
    await page.getByRole('button', { name: say('addHeader') }).press('Enter')
    const form = page.getByRole('dialog')
    await expect(form.getByRole('combobox', { name: say('headerName') })).toBeFocused()
    await page.keyboard.type('X-Team')
    await page.keyboard.press('Tab')
    await page.keyboard.type(planted)
    await page.keyboard.press('Enter')
    await expect(form).toBeHidden()
  }

  test.describe(`extra headers in ${language}`, () => {
    test('what no header may be is said at its field, and nothing of it is saved', async ({ page }) => {
      const headers = await openSettings(page, 'https://api.openai.com/v1')
      await addTeam(page)
      await headers.getByRole('button', { name: say('addHeader') }).click()
      const form = page.getByRole('dialog')
      const name = form.getByRole('combobox', { name: say('headerName') })
      const value = form.getByLabel(say('headerValue'), { exact: true })
      for (const [field, typedName, typedValue, said] of headerRefusals) {
        await test.step(`${typedName.slice(0, 30)}: ${said.en}`, async () => {
          await name.fill(typedName)
          await value.fill(typedValue)
          await value.press('Enter')
          await expect(form.getByText(said[language], { exact: true })).toBeVisible()
          await expect(field === 'headerName' ? name : value).toHaveAttribute('aria-invalid', 'true')
          await expect(page.getByText(canary)).toHaveCount(0)
        })
      }
      await value.fill('')
      await name.fill('')
      await value.press('Escape')
      await expect(form).toBeHidden()
      await expect(headers.getByRole('listitem')).toHaveCount(1)
    })

    test('what is pasted over several lines is no value, and nothing of it is taken; a line break at its end is none', async ({
      page,
    }) => {
      const headers = await openSettings(page, 'https://api.openai.com/v1')
      await headers.getByRole('button', { name: say('addHeader') }).click()
      const form = page.getByRole('dialog')
      await form.getByRole('combobox', { name: say('headerName') }).fill('X-Team')
      const value = form.getByLabel(say('headerValue'), { exact: true })
      /** Whether the page leaves it to the browser to put the text in. */
      const paste = (text: string) =>
        page.evaluate<boolean>(`(() => {
          const clipboardData = new DataTransfer()
          clipboardData.setData('text/plain', ${JSON.stringify(text)})
          const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
          return document.activeElement.dispatchEvent(event)
        })()`)
      await value.focus()
      for (const text of [`${canary}\r\nX-Injected: yes`, `${canary}\n${canary}`, `${canary}\r${canary}`]) {
        expect(await paste(text)).toBe(false)
        await expect(form.getByText(say('oneLine'), { exact: true })).toBeVisible()
        await expect(value).toHaveAttribute('aria-invalid', 'true')
        await expect(value).toHaveValue('')
      }
      expect(await paste(`${planted}\r\n`)).toBe(true)
      await value.fill(planted)
      await value.press('Enter')
      await expect(form).toBeHidden()
      await expect(headers.getByRole('listitem')).toContainText(`X-Team…${planted.slice(-4)}`)
    })

    test('a model has 32 of them: the button says what to do before there can be another', async ({
      app,
      page: first,
    }) => {
      await openSettings(first, 'https://api.openai.com/v1')
      const page = await app.restart(() => addHeaders(app.dataFolder, 31))
      await page.getByLabel(say('passphrase'), { exact: true }).fill(passphrase)
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: say('models'), exact: true }).click()
      await page.getByRole('tab', { name: say('settings') }).click()
      const headers = page.getByRole('group', { name: say('headers') })
      const limit = headers.getByText(say('limit'), { exact: true })
      await expect(headers.getByRole('listitem')).toHaveCount(31)
      await expect(limit).toBeHidden()
      await addTeam(page)
      await expect(headers.getByRole('listitem')).toHaveCount(32)
      await expect(limit).toBeVisible()
      await expect(headers.getByRole('button', { name: say('addHeader') })).toBeDisabled()
      await page.getByRole('button', { name: say('removeTeam') }).click()
      await expect(limit).toBeHidden()
      await expect(headers.getByRole('button', { name: say('addHeader') })).toBeEnabled()
    })

    test('one is added, sent, shown, changed, taken away and back; its value stands nowhere in the page', async ({
      page,
    }) => {
      const provider = await startMockUpstream(['scripted'])
      provider.script(secret, upstream.says(`you sent ${planted}`))
      const headers = await openSettings(page, provider.url)
      await addTeam(page)
      const row = headers.getByRole('listitem')
      await expect(row).toContainText(`X-Team…${planted.slice(-4)}`)
      expect(await page.content()).not.toContain(planted)

      await page.getByRole('button', { name: say('show') }).press('Enter')
      await expect(page.getByText(planted)).toBeVisible()
      await page
        .getByRole('button', { name: say('hide'), exact: true })
        .first()
        .press('Enter')
      await expect(page.getByText(planted)).toHaveCount(0)

      await page.getByRole('tab', { name: say('effective') }).click()
      await expect(page.getByText(say('sentBeside'))).toBeVisible()

      await page.getByRole('link', { name: say('playground'), exact: true }).click()
      await page.getByLabel(say('message'), { exact: true }).fill('hello')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('article')).toContainText(`you sent ${'*'.repeat(4)}`)
      expect(provider.requests.map((request) => request.headers['x-team'])).toEqual([planted])
      expect(await page.content()).not.toContain(planted)

      await page.getByRole('link', { name: say('models'), exact: true }).click()
      await page.getByRole('tab', { name: say('settings') }).click()
      await page.getByRole('button', { name: say('change') }).press('Enter')
      const form = page.getByRole('dialog')
      await form.getByRole('combobox', { name: say('headerName') }).fill('X-Renamed')
      await page.keyboard.press('Enter')
      await expect(row).toContainText(`X-Renamed…${planted.slice(-4)}`)
      await page
        .getByRole('button', { name: say('undo') })
        .last()
        .click()
      await expect(row).toContainText('X-Team')

      await page.getByRole('button', { name: say('removeTeam') }).press('Enter')
      await expect(page.getByText(say('removed'))).toBeVisible()
      await expect(row).toHaveCount(0)
      await expect(headers.getByRole('button', { name: say('addHeader') })).toBeFocused()
      await page
        .getByRole('button', { name: say('undo') })
        .last()
        .click()
      await expect(row).toContainText(`X-Team…${planted.slice(-4)}`)
      await provider.close()
    })
  })
}

test('an export to a file says which headers it leaves out', async ({ page }) => {
  await importOnFirstRun(page, envFor('https://api.openai.com/v1', [secret]))
  await takeImport(page)
  await goTo(page, 'Models & keys')
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Add a header' }).click()
  await page.getByRole('dialog').getByRole('combobox', { name: 'Name' }).fill('X-Team')
  await page.getByRole('dialog').getByLabel('Value', { exact: true }).fill(planted)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await goTo(page, 'Import / export')
  await page.getByRole('tab', { name: 'Export', exact: true }).click()
  await page.getByText('Real keys', { exact: true }).click()
  await page.getByLabel('File', { exact: true }).fill('~/headers.env')
  await page.getByRole('button', { name: 'Look at it', exact: true }).click()
  await expect(page.getByText('Extra headers of scripted are not written')).toBeVisible()
})
