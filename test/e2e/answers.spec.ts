import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream, type MockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test as base } from './support/app.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, send, takeImport } from './support/keywheel.ts'

const key = 'sk-scripted-for-account-0001'

/** A model with one key at a scripted provider, open in the playground. */
const test = base.extend<{ provider: MockUpstream; chat: Page }>({
  // Playwright wants the fixtures destructured, also when there is none to use.
  // oxlint-disable-next-line no-empty-pattern
  provider: async ({}, provide) => {
    const provider = await startMockUpstream(['scripted'])
    await provide(provider)
    await provider.close()
  },
  chat: async ({ app, provider }, provide) => {
    await importOnFirstRun(app.page, envFor(provider.url, [key]))
    await takeImport(app.page)
    await goTo(app.page, 'Playground')
    await provide(app.page)
  },
})

const lastAnswer = (page: Page) => page.getByRole('article').last()

/** The page answers to a key within a second, however busy it is with drawing. */
async function expectResponsive(page: Page): Promise<void> {
  const field = page.getByLabel('Message', { exact: true })
  await field.fill('')
  await field.press('x', { timeout: 1_000 })
  await expect(field).toHaveValue('x', { timeout: 1_000 })
}

const rich = `# Title

A **bold** word, [a link](https://example.com/path?q=1) and \`code\`.

| a | b |
| - | -: |
| 1 | 2 |

\`\`\`python
def pick(keys):
    return keys[0]  # the first
\`\`\`

- [x] done
`

test('an answer is formatted, and its code coloured and copied as it was written', async ({ app, chat, provider }) => {
  provider.script(key, upstream.says(...(rich.match(/[\s\S]{1,7}/g) ?? [])))
  await send(chat, 'show me')
  const answer = lastAnswer(chat)
  await expect(answer.getByRole('heading', { name: 'Title' })).toBeVisible()
  await expect(answer.getByRole('region', { name: 'Table' }).getByRole('cell')).toHaveText(['1', '2'])
  await expect(answer.getByRole('img', { name: 'Done:' })).toBeVisible()
  const code = answer.getByRole('figure', { name: 'Code: python' })
  await expect(code.locator('[data-code=keyword]').first()).toHaveText('def')
  if (app.host === 'browser-host') await chat.context().grantPermissions(['clipboard-write'])
  await code.getByRole('button', { name: 'Copy the code: python' }).click()
  const message = chat.getByLabel('Message', { exact: true })
  await message.press('ControlOrMeta+V')
  await expect(message).toHaveValue('def pick(keys):\n    return keys[0]  # the first')
})

test('a link asks before it opens anything, and can be left alone', async ({ app, chat, provider }) => {
  test.skip(app.host !== 'browser-host', 'On the desktop main asks, in a dialogue of the system.')
  provider.script(key, upstream.says('See [the guide](https://guide.invalid/a?b=c).'))
  await send(chat, 'where?')
  await lastAnswer(chat).getByRole('button', { name: 'the guide' }).click()
  const question = chat.getByRole('dialog', { name: 'Open this address?' })
  await expect(question).toContainText('leads to guide.invalid')
  await expect(question).toContainText('https://guide.invalid/a?b=c')
  await expect(question.getByRole('button').filter({ hasText: 'Cancel' })).toBeFocused()
  await chat.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await lastAnswer(chat).getByRole('button', { name: 'the guide' }).click()
  const opening = chat.context().waitForEvent('page')
  await question.getByRole('button', { name: 'Open in a new tab' }).click()
  const opened = await opening
  expect(await opened.evaluate('window.opener')).toBeNull()
  await opened.close()
})

test('formulas are drawn when they are switched on, and are text again when they are not', async ({
  chat,
  provider,
}) => {
  provider.script(
    key,
    upstream.says(
      'So $e^{i\\pi} + 1 = 0$ holds.\n\n$$\n\\int_0^1 x\\,dx\n$$\n\nIt costs $5 and $6. $\\href{javascript:alert(1)}{x}$',
    ),
  )
  await send(chat, 'a formula')
  const answer = lastAnswer(chat)
  await expect(answer).toContainText('$e^{i\\pi} + 1 = 0$')
  await expect(answer.locator('math')).toHaveCount(0)
  await chat.getByRole('switch', { name: 'Formulas' }).click()
  await expect(answer.locator('math')).toHaveCount(3)
  await expect(answer).toContainText('It costs $5 and $6.')
  await expect(answer.locator('a[href^=javascript]')).toHaveCount(0)
  await chat.getByRole('switch', { name: 'Formulas' }).click()
  await expect(answer.locator('math')).toHaveCount(0)
})

const hostile: [string, string][] = [
  [
    'markup with scripts and handlers',
    '<script>window.pwned = 1</script><img src=x onerror="window.pwned = 1"><svg onload="window.pwned = 1">\n\n<iframe srcdoc="<script>parent.pwned = 1</script>"></iframe>',
  ],
  [
    'links that run',
    '[a](javascript:window.pwned=1) [b](JaVaScRiPt:window.pwned=1) <javascript:window.pwned=1> [c](data:text/html,<script>1</script>)',
  ],
  [
    'images from elsewhere',
    '![x](http://127.0.0.1:1/pixel.png) ![y](//127.0.0.1:1/p.png)\n\n[z]: http://127.0.0.1:1/z.png\n\n![z]',
  ],
]

test.describe('nothing comes of', () => {
  for (const [what, text] of hostile) {
    test(what, async ({ chat, provider }) => {
      const asked: string[] = []
      chat.on('request', (request) => asked.push(request.url()))
      provider.script(key, upstream.says(text))
      await send(chat, 'attack')
      const answer = lastAnswer(chat)
      await expect(answer).toContainText('1 attempt')
      for (const button of await answer.locator('[class*=link]').all()) await button.click({ trial: true })
      await expect(answer.locator('script, img, svg[onload], iframe, a[href^="java"], a[href^="data"]')).toHaveCount(0)
      expect(await chat.evaluate('window.pwned')).toBeUndefined()
      expect(asked.filter((url) => url.includes('127.0.0.1:1/'))).toEqual([])
    })
  }
})

const huge: [string, string][] = [
  ['a line of a megabyte', 'x'.repeat(1_000_000)],
  ['a table of ten thousand rows', `|a|b|c|\n|-|-|-|\n${'|1|2|3|\n'.repeat(10_000)}`],
  ['quotes a thousand deep', `${'> '.repeat(1_000)}deep`],
  ['five thousand links', '[a](https://a.example/) '.repeat(5_000)],
  ['ten thousand paragraphs', 'A *word* and `code`.\n\n'.repeat(10_000)],
  ['code of ten thousand lines', `\`\`\`python\n${'print("a")\n'.repeat(10_000)}\`\`\``],
]

test.describe('the page stays responsive under', () => {
  for (const [what, text] of huge) {
    test(what, async ({ chat, provider }) => {
      provider.script(key, upstream.says(...(text.match(/[\s\S]{1,20000}/g) ?? [])))
      await send(chat, 'a lot')
      await expect(lastAnswer(chat)).not.toHaveText('', { timeout: 10_000 })
      await expectResponsive(chat)
      await expect(lastAnswer(chat)).toContainText('1 attempt', { timeout: 20_000 })
      await expectResponsive(chat)
    })
  }
})

const events = (...chunks: object[]) =>
  upstream.answers(
    200,
    [...chunks.map((choice) => JSON.stringify({ choices: [{ index: 0, ...choice }] })), '[DONE]']
      .map((data) => `data: ${data}\n\n`)
      .join(''),
    { 'content-type': 'text/event-stream' },
  )

test('reasoning is folded with its tokens and time, and calls are laid out as JSON', async ({ chat, provider }) => {
  const call = (argumentsText: string, more: object = {}) => ({
    delta: { tool_calls: [{ index: 0, ...more, function: { name: 'get_weather', arguments: argumentsText } }] },
  })
  provider.script(
    key,
    events(
      { delta: { reasoning_content: 'The person wants the weather.' } },
      { delta: { content: 'Let me look.' } },
      call('{"city":"Paris",', { id: 'call_1' }),
      call('"id":12345678901234567890}'),
      { delta: {}, finish_reason: 'tool_calls' },
    ),
  )
  await send(chat, 'weather?')
  const answer = lastAnswer(chat)
  const summary = answer.getByText(/^Reasoning/)
  await expect(summary).toContainText(/≈ \d+ tokens/)
  await expect(answer.getByText('The person wants the weather.')).toBeHidden()
  await summary.click()
  await expect(answer.getByText('The person wants the weather.')).toBeVisible()
  const tool = answer.getByRole('region', { name: 'Tool call: get_weather' })
  await expect(tool.getByRole('figure')).toContainText('"id": 12345678901234567890')
  await expect(answer).toContainText('The playground makes none.')
})

const endings: [string, object[], string | RegExp][] = [
  [
    'a refusal',
    [{ delta: { refusal: 'I cannot help with that.' } }, { delta: {}, finish_reason: 'stop' }],
    'The model refused, in these words:',
  ],
  [
    'a filter',
    [{ delta: { content: 'Once' } }, { delta: {}, finish_reason: 'content_filter' }],
    'content filter ended the answer',
  ],
  [
    'the length',
    [{ delta: { content: 'Once' } }, { delta: {}, finish_reason: 'length' }],
    'reached the most tokens allowed',
  ],
  [
    'a call that is no JSON',
    [
      { delta: { tool_calls: [{ index: 0, function: { name: 'f', arguments: '{"a": ' } }] } },
      { delta: {}, finish_reason: 'tool_calls' },
    ],
    'no complete JSON',
  ],
]

for (const [what, chunks, words] of endings) {
  test(`${what} is said in words`, async ({ chat, provider }) => {
    provider.script(key, events(...chunks))
    await send(chat, 'go on')
    await expect(lastAnswer(chat)).toContainText(words)
  })
}

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ theme })
    test('a rich answer has no fault that axe knows, in either language', async ({ chat, provider }) => {
      provider.script(key, upstream.says(rich))
      await send(chat, 'show me')
      await expect(lastAnswer(chat).locator('[data-code=keyword]').first()).toBeVisible()
      for (const language of ['English', '简体中文'] as const) {
        await chooseLanguage(chat, language)
        const { violations } = await new AxeBuilder({ page: chat }).setLegacyMode().analyze()
        expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.join(' '))])).toEqual([])
      }
    })
  })
}
