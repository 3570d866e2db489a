// What was begun and not saved is asked about before it is left, by whichever way: Escape, a link, the browser's way
// back, the palette, the tab's own cross.
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { gatewayWords, mintClient, tokenDialog } from './support/gateway.ts'
import {
  chooseLanguage,
  choosePassphrase,
  envFor,
  goTo,
  importOnFirstRun,
  startSimulator,
  takeImport,
} from './support/keywheel.ts'

const words = {
  en: {
    unsaved: 'This is not saved yet.',
    discard: 'Discard it',
    models: 'Models & keys',
    dashboard: 'Dashboard',
    gateway: 'Gateway',
    settings: 'Settings',
    addModel: 'Add a model',
    model: 'Model',
    palette: 'Go to a view, a model or an action…',
    setPrice: 'Set a price for scripted',
    prompt: 'Input price of scripted',
    passphrase: 'Passphrase',
    again: 'The passphrase again',
    byPassphrase: 'A passphrase',
    away: 'Put the token away',
    notCopied: 'The token has not been copied. Close once more to put it away all the same.',
    makeKit: 'Make a recovery kit',
    kit: 'Your recovery kit',
    later: 'Later',
    notKept: /^You have not yet said that you kept the kit, and/,
    unconfirmed: 'You have not yet said that you kept the kit',
  },
  'zh-CN': {
    unsaved: '内容尚未保存。',
    discard: '放弃修改',
    models: '模型与密钥',
    dashboard: '仪表盘',
    gateway: '网关',
    settings: '设置',
    addModel: '添加模型',
    model: '模型',
    palette: '前往视图、模型或操作…',
    setPrice: '设置价格：scripted',
    prompt: 'scripted 的输入价格',
    passphrase: '口令',
    again: '再次输入口令',
    byPassphrase: '口令',
    away: '收起令牌',
    notCopied: '令牌尚未复制。再次关闭即可收起。',
    makeKit: '生成恢复码',
    kit: '您的恢复码',
    later: '以后再说',
    notKept: /^您尚未确认已保存恢复码/,
    unconfirmed: '您还没有确认已保存恢复码',
  },
} as const

const secret = 'sk-of-a-cautious-person-0001'

/** As a person closes a tab; whoever asked it keeps it. */
async function asksBeforeClosing(page: Page): Promise<void> {
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const question = await asked
  expect(question.type()).toBe('beforeunload')
  await question.dismiss()
}

for (const language of ['en', 'zh-CN'] as const) {
  const say = words[language]
  const view = (page: Page, name: 'models' | 'dashboard' | 'gateway' | 'settings') =>
    page.getByRole('link', { name: say[name], exact: true })
  const heading = (page: Page, name: 'models' | 'dashboard' | 'gateway' | 'settings') =>
    page.getByRole('heading', { level: 1, name: say[name] })

  async function openVault(page: Page) {
    await importOnFirstRun(page, envFor('https://api.example.com/v1', [secret]))
    await takeImport(page)
    await goTo(page, 'Models & keys')
    if (language !== 'en') await chooseLanguage(page, '简体中文')
  }

  /** A form that stands in a view is not left by its first Escape, nor by the first click on a link. */
  async function isGuarded(page: Page, field: Locator, here: 'gateway' | 'settings') {
    await field.press('Escape')
    await expect(page.getByRole('alert').filter({ hasText: say.unsaved })).toBeVisible()
    await expect(page.getByRole('button', { name: say.discard })).toBeVisible()
    await field.press('ArrowLeft')
    await field.press('1')
    await expect(page.getByText(say.unsaved)).toBeHidden()
    await asksBeforeClosing(page)
    await view(page, 'dashboard').click()
    await expect(page.getByRole('alert').filter({ hasText: say.unsaved })).toBeVisible()
    await expect(heading(page, here)).toBeVisible()
    await view(page, 'dashboard').click()
    await expect(heading(page, 'dashboard')).toBeVisible()
    await view(page, here).click()
    await expect(heading(page, here)).toBeVisible()
    await expect(field).toBeHidden()
  }

  test.describe(`in ${language}`, () => {
    test("a new model's draft is asked about on the way back, and in the palette", async ({ page }) => {
      await openVault(page)
      await page.getByRole('button', { name: say.addModel }).click()
      const form = page.getByRole('dialog', { name: say.addModel })
      const name = form.getByRole('textbox', { name: say.model, exact: true })
      await name.fill('half a model')
      await page.goBack()
      await expect(form.getByText(say.unsaved)).toBeVisible()
      await expect(name).toHaveValue('half a model')
      await name.fill('more of a model')
      await expect(form.getByText(say.unsaved)).toBeHidden()
      await asksBeforeClosing(page)

      await page.keyboard.press('Control+k')
      await page.getByPlaceholder(say.palette).fill(say.dashboard)
      await page.keyboard.press('Enter')
      await expect(form.getByText(say.unsaved)).toBeVisible()
      await expect(name).toHaveValue('more of a model')
      await page.goBack()
      await expect(form).toBeHidden()
      await expect(heading(page, 'models')).toBeVisible()

      await page.getByRole('button', { name: say.addModel }).click()
      await expect(name).toHaveValue('')
      await page.goBack()
      await expect(form).toBeHidden()
    })

    test('a price that was begun is asked about', async ({ page }) => {
      await openVault(page)
      await view(page, 'settings').click()
      await page.getByRole('button', { name: say.setPrice }).click()
      const field = page.getByRole('textbox', { name: say.prompt })
      await field.fill('2.5')
      await isGuarded(page, field, 'settings')
    })

    test('a link that was refused leaves nothing behind on the way back, and a refused way back neither', async ({
      page,
    }) => {
      await openVault(page)
      const asked = page.getByRole('alert').filter({ hasText: say.unsaved })
      const begin = async () => {
        await page.getByRole('button', { name: say.setPrice }).click()
        await page.getByRole('textbox', { name: say.prompt }).fill('2.5')
      }
      await view(page, 'settings').click()
      await begin()
      await view(page, 'dashboard').click()
      await expect(asked).toBeVisible()
      await expect(page).toHaveURL(/#\/settings$/)
      await page.goBack()
      await expect(heading(page, 'models')).toBeVisible()

      await view(page, 'settings').click()
      await begin()
      await page.goBack()
      await expect(asked).toBeVisible()
      await expect(page).toHaveURL(/#\/settings$/)
      await view(page, 'gateway').click()
      await expect(heading(page, 'gateway')).toBeVisible()
      await page.goBack()
      await expect(heading(page, 'settings')).toBeVisible()
      await page.goBack()
      await expect(heading(page, 'models')).toBeVisible()
    })

    test('a port that was begun is asked about', async ({ page }) => {
      await startSimulator(page)
      if (language !== 'en') await chooseLanguage(page, '简体中文')
      await view(page, 'gateway').click()
      await page.getByRole('button', { name: gatewayWords[language].changePort, exact: true }).click()
      const field = page.getByRole('textbox', { name: gatewayWords[language].port })
      await field.fill('4999')
      await isGuarded(page, field, 'gateway')
    })

    test('the passphrase of a vault that is not there yet is asked about', async ({ page }) => {
      await startSimulator(page)
      if (language !== 'en') await chooseLanguage(page, '简体中文')
      await view(page, 'models').click()
      await page.getByRole('button', { name: say.addModel }).click()
      const form = page.getByRole('dialog')
      await form.getByRole('radio', { name: say.byPassphrase }).check()
      await form.getByLabel(say.passphrase, { exact: true }).fill('correct horse')
      await page.keyboard.press('Escape')
      await expect(form.getByText(say.unsaved)).toBeVisible()
      await asksBeforeClosing(page)
      await form.getByRole('button', { name: say.discard }).click()
      await expect(form).toBeHidden()
    })

    test('a token that was not copied is put away by the second cross, a copied one by the first', async ({ page }) => {
      await openVault(page)
      const open = async (name: string) => {
        await view(page, 'gateway').click()
        await page.getByRole('button', { name: gatewayWords[language].newClient }).first().click()
        await mintClient(page, name, gatewayWords[language])
        return tokenDialog(page, gatewayWords[language])
      }
      const dialog = await open('notebook')
      await page.keyboard.press('Escape')
      await expect(dialog).toBeVisible()
      await asksBeforeClosing(page)
      await dialog.getByRole('button', { name: say.away }).click()
      await expect(dialog.getByText(say.notCopied)).toBeVisible()
      await dialog.getByRole('button', { name: say.away }).click()
      await expect(dialog).toBeHidden()

      await open('scripts')
      await dialog.locator('code').first().selectText()
      await page.keyboard.press('Control+c')
      await dialog.getByRole('button', { name: say.away }).click()
      await expect(dialog).toBeHidden()
    })

    test('a recovery kit that was not kept is put away by the second cross', async ({ page }) => {
      await openVault(page)
      await view(page, 'settings').click()
      await page.getByRole('button', { name: say.makeKit }).click()
      const dialog = page.getByRole('dialog', { name: say.kit })
      await expect(dialog.getByRole('listitem')).toHaveCount(8, { timeout: 15_000 })
      await page.keyboard.press('Escape')
      await expect(dialog).toBeVisible()
      await asksBeforeClosing(page)
      await dialog.getByRole('button', { name: say.later }).click()
      await expect(dialog.getByText(say.notKept)).toBeVisible()
      await dialog.getByRole('button', { name: say.later }).click()
      await expect(dialog).toBeHidden()
      await expect(page.getByRole('region').getByText(say.unconfirmed, { exact: true })).toBeVisible()
    })
  })
}

test("the palette's actions ask as well, and so does a file that is dropped", async ({ page }) => {
  await importOnFirstRun(page, envFor('https://api.example.com/v1', [secret]))
  await takeImport(page)
  await goTo(page, 'Models & keys')
  await page.getByRole('button', { name: 'Add a model' }).click()
  const form = page.getByRole('dialog', { name: 'Add a model' })
  const name = form.getByRole('textbox', { name: 'Model', exact: true })
  const asks = async (leave: () => Promise<unknown>) => {
    await name.fill('half a model')
    await expect(form.getByText('This is not saved yet.')).toBeHidden()
    await leave()
    await expect(form.getByText('This is not saved yet.')).toBeVisible()
    await expect(name).toHaveValue('half a model')
    await name.fill('more of a model')
  }
  for (const action of ['Import a .env', 'New gateway client']) {
    await asks(async () => {
      await page.keyboard.press('Control+k')
      await page.getByPlaceholder('Go to a view, a model or an action…').fill(action)
      await page.keyboard.press('Enter')
    })
  }
  const dropped = await page.evaluateHandle<object>(`(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['A=b'], 'dropped.env'))
    return transfer
  })()`)
  const drop = () => page.dispatchEvent('body', 'drop', { dataTransfer: dropped })
  await asks(drop)
  await drop()
  await expect(form.getByText('This is not saved yet.')).toBeVisible()
  await drop()
  await expect(form).toBeHidden()
  await expect(page.getByRole('heading', { level: 1, name: 'Import / export' })).toBeVisible()
})

test('what was typed on the first page keeps the tab', async ({ page }) => {
  await choosePassphrase(page)
  await asksBeforeClosing(page)
})
