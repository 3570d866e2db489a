import type { Page } from '@playwright/test'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { images } from '../renderer/playground/images/image-files.ts'
import { expect, test } from './support/app.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'

const key = 'sk-scripted-for-account-0001'

/** What stands in the way of a request, and what to do about it: in the words of the page, in each language. */
const words = {
  en: {
    playground: 'Playground',
    models: 'Models & keys',
    settings: 'Settings',
    message: 'Message',
    empty: ['There is nothing to send yet.', 'Write a message, then press Enter.'],
    over: [
      /tokens are more than the 128,000 that gpt-4o takes\./,
      'Shorten the message, begin a new conversation, or choose a model that takes more.',
    ],
    parameters: 'Parameters',
    extra: 'Further fields (JSON)',
    reserved: '“stream” is set by the playground itself: leave it out here.',
    unsendable: [
      'The further fields of the request cannot be sent as they are.',
      'Mend them among the parameters, or leave them out.',
    ],
    leaveOut: 'Leave them out',
    unknown: [
      /refused the request itself \(400\)|refused the request itself/,
      'Change the message or its parameters: another key would be refused the same way.',
    ],
    addImages: 'Add images',
    image: ['it.png is too large: 6 MB, at most 5 MB', 'Add a smaller copy, or choose another image.'],
    select: 'Select acct-1',
    remove: 'Delete',
    noKeys: ['This model has no keys to send with.', 'Add keys'],
    lock: 'Lock the vault',
    locked: ['The vault is locked', 'Open it to use your keys.'],
  },
  'zh-CN': {
    playground: '试验场',
    models: '模型与密钥',
    settings: '设置',
    message: '消息',
    empty: ['还没有可发送的内容。', '请写一条消息，然后按 Enter。'],
    over: [/超过 gpt-4o 可接受的 128,000 个。/, '请缩短消息、新建对话，或换用上下文更长的模型。'],
    parameters: '参数',
    extra: '附加字段（JSON）',
    reserved: '“stream”由试验场自行设置：请不要写在这里。',
    unsendable: ['请求的附加字段目前无法发送。', '请在参数中改正，或不发送这些字段。'],
    leaveOut: '不发送',
    unknown: [/拒绝了请求本身/, '请修改消息或参数：换一个密钥也会被同样拒绝。'],
    addImages: '添加图片',
    image: ['it.png 太大：6 MB，最多 5 MB', '请添加缩小的副本，或选择其他图片。'],
    select: '选择 acct-1',
    remove: '删除',
    noKeys: ['这个模型没有可用于发送的密钥。', '添加密钥'],
    lock: '锁定保险库',
    locked: ['保险库已锁定', '打开后即可使用您的密钥。'],
  },
} satisfies Record<string, Record<string, string | (string | RegExp)[]>>

for (const language of ['en', 'zh-CN'] as const) {
  const say = words[language]
  const field = (page: Page) => page.getByLabel(say.message, { exact: true })
  const view = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click()

  /** The sentence and the next step, both. */
  async function isSaid(page: Page, sentences: readonly (string | RegExp)[]): Promise<void> {
    for (const sentence of sentences) await expect(page.getByRole('main')).toContainText(sentence)
  }

  async function open(page: Page, apiBase: string): Promise<void> {
    await importOnFirstRun(page, envFor(apiBase, [key], 'gpt-4o'))
    await takeImport(page)
    await goTo(page, 'Playground')
    if (language !== 'en') await chooseLanguage(page, '简体中文')
  }

  test(`whatever the playground cannot send is said with what to do about it, in ${language}`, async ({ app }) => {
    test.setTimeout(60_000)
    const { page } = app
    const provider = await startMockUpstream(['gpt-4o'])
    provider.script(key, upstream.refuses(400, { message: 'Unknown parameter: top_q', code: 'unknown_parameter' }))
    await open(page, provider.url)

    await test.step('an empty message', async () => {
      await field(page).press('Enter')
      await isSaid(page, say.empty)
    })
    await test.step('more than the window holds, before it is sent', async () => {
      await field(page).fill('word '.repeat(130_000))
      await isSaid(page, say.over)
      await field(page).fill('')
    })
    await test.step('an image that is too large', async () => {
      const choosing = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: say.addImages, exact: true }).click()
      const buffer = Buffer.concat([Buffer.from(images['png']!(10, 10)), Buffer.alloc(6 * 1024 * 1024)])
      await (await choosing).setFiles({ name: 'it.png', mimeType: 'image/png', buffer })
      await isSaid(page, say.image)
    })
    await test.step('fields that are not to be sent', async () => {
      await page.getByRole('button', { name: say.parameters, exact: true }).click()
      await page.getByLabel(say.extra, { exact: true }).fill('{"stream": false}')
      await expect(page.getByText(say.reserved, { exact: true })).toBeVisible()
      await field(page).fill('hello')
      await field(page).press('Enter')
      await isSaid(page, say.unsendable)
      expect(provider.requests).toHaveLength(0)
      await page.getByRole('button', { name: say.leaveOut, exact: true }).click()
    })
    await test.step('a parameter that the provider does not know', async () => {
      await page.getByLabel(say.extra, { exact: true }).fill('{"top_q": 1}')
      await field(page).press('Enter')
      await isSaid(page, [...say.unknown, 'Unknown parameter: top_q'])
      expect(JSON.parse(provider.requests[0]?.body ?? '{}')).toMatchObject({ top_q: 1 })
    })
    await test.step('a model without keys', async () => {
      await view(page, say.models)
      await page.getByRole('checkbox', { name: say.select, exact: true }).check()
      await page.getByRole('button', { name: say.remove, exact: true }).click()
      await view(page, say.playground)
      await isSaid(page, say.noKeys)
    })
    await test.step('a locked vault', async () => {
      await view(page, say.settings)
      await page.getByRole('button', { name: say.lock, exact: true }).first().click()
      await view(page, say.playground)
      await isSaid(page, say.locked)
    })
    await provider.close()
  })
}
