import type { Page } from '@playwright/test'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream, type MockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { images } from '../renderer/playground/images/image-files.ts'
import { expect, test as base } from './support/app.ts'
import { goTo, importOnFirstRun, send, takeImport } from './support/keywheel.ts'

const key = 'sk-scripted-for-account-0001'

/** A model whose window is known, at a scripted provider, open in the playground. */
const test = base.extend<{ provider: MockUpstream; chat: Page }>({
  // Playwright wants the fixtures destructured, also when there is none to use.
  // oxlint-disable-next-line no-empty-pattern
  provider: async ({}, provide) => {
    const provider = await startMockUpstream(['gpt-4o'])
    provider.script(key, upstream.says('Seen.'))
    await provide(provider)
    await provider.close()
  },
  chat: async ({ app, provider }, provide) => {
    const models = { 'gpt-4o': { api_key: [key], api_base: provider.url } }
    await importOnFirstRun(app.page, `LLM_MODEL_CONFIGS='${JSON.stringify(models)}'\n`)
    await takeImport(app.page)
    await goTo(app.page, 'Playground')
    await provide(app.page)
  },
})

const field = (page: Page) => page.getByLabel('Message', { exact: true })
const notice = (page: Page) => page.getByRole('tabpanel').getByRole('alert')
const attached = (page: Page) => page.getByRole('list', { name: 'Images' }).first().getByRole('listitem')

/** A real picture, as the browser itself writes it. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const file = (name: string, buffer: Buffer = png) => ({ name, mimeType: 'image/png', buffer })

async function attach(page: Page, ...files: ReturnType<typeof file>[]): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add images' }).click()
  await (await choosing).setFiles(files)
}

test('images are chosen, shown, removed, sent with the message and kept with the question', async ({
  chat,
  provider,
}) => {
  await attach(chat, file('one.png'), file('two.png'))
  await expect(attached(chat)).toHaveCount(2)
  await chat.getByRole('button', { name: 'Remove one.png' }).click()
  await expect(attached(chat)).toHaveCount(1)
  await send(chat, 'What is it?')
  await expect(chat.getByRole('article').last()).toContainText('Seen.')
  await expect(chat.getByRole('article').last().getByRole('img', { name: 'two.png' })).toBeVisible()
  const { messages } = JSON.parse(provider.requests[0]?.body ?? '') as { messages: unknown }
  expect(messages).toEqual([
    {
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url: `data:image/png;base64,${png.toString('base64')}` } },
        { type: 'text', text: 'What is it?' },
      ],
    },
  ])
})

/** Hands files to the page as the system's clipboard or a drag does. */
const offer = (page: Page, kind: 'paste' | 'drop', name: string, type: string, more: { text?: string } = {}) =>
  page.evaluate(
    `(() => {
      const data = new DataTransfer()
      const bytes = Uint8Array.from(atob('${png.toString('base64')}'), (sign) => sign.charCodeAt(0))
      data.items.add(new File([bytes], '${name}', { type: '${type}' }))
      if (${JSON.stringify(more.text ?? '')}) data.setData('text/plain', ${JSON.stringify(more.text ?? '')})
      const at = document.querySelector('textarea[aria-label=Message]')
      const init = { bubbles: true, cancelable: true }
      at.dispatchEvent('${kind}' === 'paste'
        ? new ClipboardEvent('paste', { ...init, clipboardData: data })
        : new DragEvent('drop', { ...init, dataTransfer: data }))
    })()`,
  )

test('images are pasted and dropped, and other files go where they always go', async ({ chat }) => {
  await offer(chat, 'paste', 'pasted.png', 'image/png')
  await expect(chat.getByRole('img', { name: 'pasted.png' })).toBeVisible()
  await offer(chat, 'paste', 'of-a-text.png', 'image/png', { text: 'words' })
  await offer(chat, 'drop', 'dropped.png', 'image/png')
  await expect(chat.getByRole('img', { name: 'dropped.png' })).toBeVisible()
  await expect(attached(chat)).toHaveCount(2)
  await offer(chat, 'drop', 'x.env', 'text/plain')
  await expect(chat.getByRole('heading', { level: 1, name: 'Import / export' })).toBeVisible()
})

test('an image that is too large says so, and goes in as a smaller copy', async ({ chat }) => {
  const wide = await chat.evaluate<string>(`(async () => {
    const canvas = new OffscreenCanvas(9000, 40)
    canvas.getContext('2d').fillRect(0, 0, 9000, 40)
    const blob = await canvas.convertToBlob()
    return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())))
  })()`)
  await attach(chat, file('wide.png', Buffer.from(wide, 'base64')))
  await expect(notice(chat)).toContainText('wide.png is too large: 9,000 × 40 pixels, at most 8,000 a side')
  await expect(notice(chat)).toContainText('Add a smaller copy, or choose another image.')
  await notice(chat).getByRole('button', { name: 'Add a smaller copy' }).click()
  await expect(chat.getByRole('img', { name: 'wide.png' })).toHaveAttribute('title', /^wide\.png, 2048 × 9, /)
  await expect(notice(chat)).toBeHidden()
})

test('an image that the browser cannot read says that no smaller copy could be made', async ({ chat }) => {
  await attach(chat, file('broken.png', Buffer.from(images['png']!(9_000, 40))))
  await notice(chat).getByRole('button', { name: 'Add a smaller copy' }).click()
  await expect(notice(chat)).toContainText('No smaller copy of broken.png could be made')
  await expect(notice(chat)).toContainText('Make it smaller in another program, or choose another image.')
  await expect(attached(chat)).toHaveCount(0)
})

test('images that were sent before count for what a request holds, and what does not fit stays in the field', async ({
  chat,
  provider,
}) => {
  const large = (name: string) => file(name, Buffer.concat([png, Buffer.alloc(4_000_000)]))
  await attach(chat, large('one.png'))
  await send(chat, 'What is it?')
  await expect(chat.getByRole('article').last()).toContainText('Seen.')
  await attach(chat, large('two.png'))
  await send(chat, 'And this?')
  await expect(notice(chat)).toContainText(
    /with what was said before it takes 10\.2 MB, and a request takes at most 10 MB/,
  )
  await expect(notice(chat)).toContainText('images of earlier messages are sent again with each message')
  await expect(field(chat)).toHaveValue('And this?')
  expect(provider.requests).toHaveLength(1)
  await chat.getByRole('button', { name: 'Remove two.png' }).click()
  await expect(notice(chat)).toBeHidden()
  await field(chat).press('Enter')
  await expect(chat.getByRole('article')).toHaveCount(2)
  await expect(chat.getByRole('article').last()).toContainText('Seen.')
})

test.describe('what is no image for a model is refused:', () => {
  const files: [string, Buffer, RegExp][] = [
    [
      'a drawing that is markup',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      /is not an image that models take/,
    ],
    [
      'too many bytes',
      Buffer.concat([Buffer.from(images['png']!(10, 10)), Buffer.alloc(6 * 1024 * 1024)]),
      /is too large: 6 MB, at most 5 MB/,
    ],
    ['a bomb of pixels', Buffer.from(images['png']!(60_000, 60_000)), /60,000 × 60,000 pixels/],
  ]
  for (const [what, buffer, words] of files) {
    test(what, async ({ chat }) => {
      await attach(chat, file('it.png', buffer))
      await expect(notice(chat)).toContainText(words)
      await expect(attached(chat)).toHaveCount(0)
      await chat.getByRole('button', { name: 'Dismiss' }).click()
      await expect(notice(chat)).toBeHidden()
    })
  }
})

test('tokens are counted before sending, exactly, and against the window of the model', async ({ chat }) => {
  await field(chat).fill('The quick brown fox jumps over the lazy dog.')
  await expect(chat.getByText('17 of 128,000 tokens')).toBeVisible()
  await field(chat).fill('word '.repeat(130_000))
  await expect(chat.getByText(/tokens are more than the 128,000 that gpt-4o takes\. Shorten the message/)).toBeVisible()
  await field(chat).fill('')
  await attach(chat, file('one.png'))
  await expect(chat.getByText('≈ 262 of 128,000 tokens')).toBeVisible()
})

test('Enter sends and Shift+Enter does not, and an input method ends its word by Enter without sending', async ({
  chat,
  provider,
}) => {
  const input = await chat.context().newCDPSession(chat)
  await field(chat).click()
  await input.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 })
  await expect(field(chat)).toHaveValue('ni hao')
  await field(chat).dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })
  await field(chat).dispatchEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true })
  await input.send('Input.insertText', { text: '你好' })
  await expect(field(chat)).toHaveValue('你好')
  await chat.keyboard.press('Shift+Enter')
  await chat.keyboard.type('two')
  await expect(field(chat)).toHaveValue('你好\ntwo')
  expect(provider.requests).toHaveLength(0)
  await chat.keyboard.press('Enter')
  await expect(chat.getByRole('article').last()).toContainText('Seen.')
  expect(provider.requests).toHaveLength(1)
  await expect(field(chat)).toHaveValue('')
})

test('what is being written is kept while another view is open', async ({ chat }) => {
  await field(chat).fill('half a thought')
  await attach(chat, file('one.png'))
  await expect(attached(chat)).toHaveCount(1)
  await goTo(chat, 'Settings')
  await goTo(chat, 'Playground')
  await expect(field(chat)).toHaveValue('half a thought')
  await expect(attached(chat)).toHaveCount(1)
})

test('a request is copied for other programs, by the gateway and without a key', async ({ chat }) => {
  await send(chat, 'A question')
  await expect(chat.getByRole('article').last()).toContainText('Seen.')
  await field(chat).fill('and another')
  await chat.getByRole('button', { name: 'Copy as…' }).click()
  const dialog = chat.getByRole('dialog', { name: 'Copy this request for another program' })
  await expect(dialog.getByRole('figure')).toContainText('curl http://127.0.0.1:')
  for (const words of ['A question', 'Seen.', 'and another', 'Bearer $KEYWHEEL_TOKEN']) {
    await expect(dialog.getByRole('figure')).toContainText(words)
  }
  for (const [tab, words] of [
    ['Python', 'from openai import OpenAI'],
    ['TypeScript', "import OpenAI from 'openai'"],
    ['DSLighting', 'LLM_MODEL_CONFIGS'],
  ] as const) {
    await dialog.getByRole('tab', { name: tab }).click()
    await expect(dialog.getByRole('figure')).toContainText(words)
    await expect(dialog).not.toContainText('sk-scripted')
  }
  await expect(dialog).toContainText('The gateway is off')
})
