import type { Page } from '@playwright/test'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { startTestProxy, proxyUser } from '../support/test-proxy.ts'
import { expect, test } from './support/app.ts'
import { chooseLanguage, envFor, importOnFirstRun, takeImport } from './support/keywheel.ts'
import { proxyRefusals } from './support/proxy-refusals.ts'
import { both, canary, languages } from './support/refusals.ts'

const secret = 'sk-of-the-network-person-0001'
const password = 'planted-of-the-proxy-0123456789'

const words = {
  settings: both('Settings', '设置'),
  network: both('Network', '网络'),
  change: both('Change the proxy', '修改代理'),
  use: both('Use this proxy', '使用此代理'),
  address: both('Address', '地址'),
  user: both('User', '用户名'),
  password: both('Password', '密码'),
  direct: both('Hosts reached without it', '直接连接的主机'),
  move: both('Put user and password into their own fields', '将用户名和密码移到各自的字段'),
  off: both('None', '不使用'),
  own: both('My own', '自定义'),
  test: both('Test the connection', '测试连接'),
  wrongHost: both(
    'Write a host, an address or a network, such as example.com, 10.0.0.5 or 10.0.0.0/8.',
    '请填写主机名、地址或网段，例如 example.com、10.0.0.5 或 10.0.0.0/8。',
  ),
  playground: both('Playground', '试验场'),
  message: both('Message', '消息'),
  wantsPassword: both('wants a user and password that it accepts', '需要有效的用户名和密码'),
  openSettings: both('Open Settings', '打开设置'),
  reached: both('was reached through', '已通过'),
  undo: both('Undo', '撤销'),
}

for (const language of languages) {
  const say = (name: keyof typeof words): string => words[name][language]

  async function openNetwork(page: Page, apiBase: string) {
    await importOnFirstRun(page, envFor(apiBase, [secret]))
    await takeImport(page)
    if (language !== 'en') await chooseLanguage(page, '简体中文')
    await page.getByRole('link', { name: say('settings'), exact: true }).click()
    return page.getByRole('region', { name: say('network') })
  }

  const send = async (page: Page) => {
    await page.getByRole('link', { name: say('playground'), exact: true }).click()
    await page.getByLabel(say('message'), { exact: true }).fill('hello')
    await page.keyboard.press('Enter')
  }

  test.describe(`the network in ${language}`, () => {
    test('what is no proxy is said at its field, and a user in the address is moved where it belongs', async ({
      page,
    }) => {
      const panel = await openNetwork(page, 'https://api.openai.com/v1')
      await panel.getByRole('button', { name: say('change') }).press('Enter')
      const form = page.getByRole('dialog')
      const address = form.getByLabel(say('address'))
      await expect(address).toBeFocused()
      for (const [typed, said] of proxyRefusals) {
        await test.step(typed, async () => {
          await address.fill(typed)
          await address.press('Enter')
          await expect(form.getByText(said[language], { exact: true })).toBeVisible()
          await expect(address).toHaveAttribute('aria-invalid', 'true')
          await expect(page.getByText(canary)).toHaveCount(0)
        })
      }
      await form.getByRole('button', { name: say('move') }).press('Enter')
      await expect(address).toHaveValue('socks5://proxy.example')
      await expect(form.getByLabel(say('user'), { exact: true })).toHaveValue('person')
      await expect(form.getByLabel(say('password'), { exact: true })).toHaveValue(canary)

      const direct = form.getByRole('combobox', { name: say('direct') })
      await direct.fill('not/a host')
      await direct.press('Enter')
      await form.getByRole('button', { name: say('use') }).click()
      await expect(form.getByText(say('wrongHost'), { exact: true })).toBeVisible()
      await expect(panel.getByText('proxy.example')).toHaveCount(0)
    })

    test('a proxy is set up, its refusal understood and mended, and taken away again', async ({ page }) => {
      const provider = await startMockUpstream(['scripted'])
      provider.script(secret, upstream.says('an answer from behind the proxy'))
      const proxy = await startTestProxy(password)
      proxy.behaves('asks')
      const panel = await openNetwork(page, provider.url.replace('127.0.0.1', 'provider.internal'))
      await panel.getByText(say('own'), { exact: true }).click()
      const form = page.getByRole('dialog')
      await form.getByLabel(say('address')).fill(proxy.url)
      await page.keyboard.press('Enter')
      await expect(form).toBeHidden()
      await expect(panel.getByText(proxy.url)).toBeVisible()
      await panel.getByRole('button', { name: say('test') }).click()
      await expect(panel.getByRole('alert')).toContainText(say('wantsPassword'))

      await send(page)
      await expect(page.getByRole('alert').filter({ hasText: say('wantsPassword') })).toBeVisible()
      await page.getByRole('button', { name: say('openSettings') }).click()
      await panel.getByRole('button', { name: say('change') }).click()
      await form.getByLabel(say('user'), { exact: true }).fill(proxyUser)
      await form.getByLabel(say('password'), { exact: true }).fill(password)
      await page.keyboard.press('Enter')
      await expect(form).toBeHidden()
      await panel.getByRole('button', { name: say('test') }).press('Enter')
      await expect(panel.getByRole('alert')).toContainText(say('reached'))
      expect(await page.content()).not.toContain(password)
      expect(provider.requests).toEqual([])

      await send(page)
      await expect(page.getByRole('article').last()).toContainText('an answer from behind the proxy')
      expect(proxy.seen().includes(password)).toBe(false)

      await page.getByRole('link', { name: say('settings'), exact: true }).click()
      await panel.getByRole('button', { name: say('change') }).click()
      await form.getByLabel(say('password'), { exact: true }).fill('a slip of the hand')
      await page.keyboard.press('Enter')
      await expect(form).toBeHidden()
      await panel.getByRole('button', { name: say('test') }).press('Enter')
      await expect(panel.getByRole('alert')).toContainText(say('wantsPassword'))
      await page
        .getByRole('button', { name: say('undo') })
        .last()
        .click()
      await expect(panel.getByRole('alert')).toBeHidden()
      await panel.getByRole('button', { name: say('test') }).press('Enter')
      await expect(panel.getByRole('alert')).toContainText(say('reached'))

      await panel.getByText(say('off'), { exact: true }).click()
      await expect(panel.getByRole('radio', { name: say('off') })).toBeChecked()
      await page
        .getByRole('button', { name: say('undo') })
        .last()
        .click()
      await expect(panel.getByRole('radio', { name: say('own') })).toBeChecked()
      await proxy.close()
      await provider.close()
    })
  })
}
