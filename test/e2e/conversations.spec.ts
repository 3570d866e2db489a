import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import * as upstream from '../support/mock-upstream/answers.ts'
import { chooseLanguage, goTo, passphrase, send, startSimulator } from './support/keywheel.ts'
import {
  conversationMenu,
  conversationRows,
  conversations,
  expect,
  keys,
  openPlayground,
  pane,
  test,
} from './support/playground.ts'

const [first, second] = keys

test('an edited question and a second answer stand beside the first, and both can be read', async ({
  app,
  provider,
}) => {
  provider.script(first, upstream.says('about cats'), upstream.says('about dogs'))
  provider.script(second, upstream.says('more about cats'))
  const { page, answer } = await openPlayground(app, provider.url)
  await send(page, 'Tell me of cats')
  await expect(answer).toContainText('about cats')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(answer).toContainText('more about cats')
  const answers = page.getByRole('group', { name: 'Versions of the answer' })
  await expect(answers).toContainText('2 / 2')
  await answers.getByRole('button', { name: 'The one before' }).click()
  await expect(answer).not.toContainText('more')
  await page.getByRole('button', { name: 'Edit' }).click()
  await page.getByLabel('The question').fill('Tell me of dogs')
  await page.keyboard.press('Enter')
  await expect(answer).toContainText('about dogs')
  const questions = page.getByRole('group', { name: 'Versions of the question' })
  await expect(questions).toContainText('2 / 2')
  await questions.getByRole('button', { name: 'The one before' }).click()
  await expect(page.getByRole('article')).toContainText('Tell me of cats')
  await expect(answers).toContainText('1 / 2')
})

test('a conversation is there again after a restart, with every branch of it', async ({ app, provider }) => {
  provider.script(first, upstream.says('a first answer'), upstream.says('a later one'))
  provider.script(second, upstream.says('another answer'))
  const opened = await openPlayground(app, provider.url)
  await send(opened.page, 'Tell me of cats')
  await expect(opened.answer).toContainText('a first answer')
  await opened.page.getByRole('button', { name: 'Try again' }).click()
  await expect(opened.answer).toContainText('another answer')
  await expect(conversationRows(opened.page)).toContainText('3 messages')
  const page = await app.restart()
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await goTo(page, 'Playground')
  await conversationRows(page).getByRole('button', { name: 'Tell me of cats' }).first().click()
  const answer = page.getByRole('article').last()
  await expect(answer).toContainText('another answer')
  await expect(answer).toContainText('acct-2')
  await page
    .getByRole('group', { name: 'Versions of the answer' })
    .getByRole('button', { name: 'The one before' })
    .click()
  await expect(answer).toContainText('a first answer')
  await send(page, 'And now?')
  await expect(page.getByRole('article').last()).toContainText('a later one')
})

test('a page that is loaded again shows the conversation that was open', async ({ app, provider }) => {
  provider.script(first, upstream.says('a first answer'), upstream.says('a second one'))
  const { page, answer } = await openPlayground(app, provider.url)
  await send(page, 'Tell me of cats')
  await expect(answer).toContainText('a first answer')
  await expect(conversationRows(page)).toContainText('2 messages')
  await page.reload()
  await expect(answer).toContainText('a first answer')
  await send(page, 'And of dogs')
  await expect(answer.last()).toContainText('a second one')
  await page.getByRole('button', { name: 'New conversation' }).click()
  await page.reload()
  await expect(conversationRows(page)).toContainText('4 messages')
  await expect(answer).toHaveCount(0)
})

test('a locked vault hides what was said until it is open again', async ({ app, provider }) => {
  provider.script(first, upstream.says('a quiet answer'))
  const { page, answer } = await openPlayground(app, provider.url)
  await send(page, 'a secret question')
  await expect(answer).toContainText('a quiet answer')
  await page.getByLabel('Message', { exact: true }).fill('a half-written thought')
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Lock the vault', exact: true }).click()
  await page.getByRole('link', { name: 'Playground', exact: true }).click()
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible()
  await expect(page.getByText('a secret question')).toHaveCount(0)
  expect(await page.content()).not.toContain('a quiet answer')
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await goTo(page, 'Playground')
  await expect(page.getByRole('article')).toContainText('a quiet answer')
  await expect(page.getByLabel('Message', { exact: true })).toHaveValue('')
})

test('a double click on Send sends once, and does not stop what it began', async ({ app, provider }) => {
  provider.script(first, upstream.stalls('So far ', 'so good'))
  const { page, answer } = await openPlayground(app, provider.url)
  await page.getByLabel('Message', { exact: true }).fill('hello')
  await page.getByRole('button', { name: 'Send' }).dblclick()
  await expect(answer).toContainText('So far so good')
  await expect(page.getByText(/^Stopped/)).toHaveCount(0)
  expect(provider.requests).toHaveLength(1)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(answer).toContainText('Stopped. What had arrived is kept.')
})

test('of two panes that are compared, the one whose key fails fails alone', async ({ app, provider }) => {
  provider.script(first, upstream.rejectsKey())
  provider.script(second, upstream.says('the other is fine'))
  const { page } = await openPlayground(app, provider.url)
  await page.getByRole('button', { name: 'Compare' }).click()
  await pane(page, 1).getByLabel('Key').selectOption({ label: 'Only acct-1' })
  await pane(page, 2).getByLabel('Key').selectOption({ label: 'Only acct-2' })
  await send(page, 'hello to both')
  await expect(pane(page, 2)).toContainText('the other is fine')
  await expect(pane(page, 1).getByRole('alert')).toContainText('out of rotation')
  await expect(pane(page, 2).getByRole('alert')).toHaveCount(0)
})

test('one pane is stopped alone, and the other goes on', async ({ app, provider }) => {
  const gate = Promise.withResolvers<void>()
  provider.script(first, upstream.stalls('so far '))
  provider.script(second, upstream.held(gate.promise, upstream.says('the whole of it')))
  const { page } = await openPlayground(app, provider.url)
  await page.getByRole('button', { name: 'Compare' }).click()
  await pane(page, 1).getByLabel('Key').selectOption({ label: 'Only acct-1' })
  await pane(page, 2).getByLabel('Key').selectOption({ label: 'Only acct-2' })
  await send(page, 'hello to both')
  await expect(pane(page, 1)).toContainText('so far')
  await pane(page, 1).getByRole('button', { name: 'Stop this one' }).click()
  await expect(pane(page, 1)).toContainText('Stopped. What had arrived is kept.')
  gate.resolve()
  await expect(pane(page, 2)).toContainText('the whole of it')
  await expect(pane(page, 1)).toContainText('so far')
})

test('conversations are searched, renamed, deleted with a way back, and exported', async ({ app, provider }) => {
  provider.script(first, upstream.says('Cats purr.'), upstream.says('Dogs bark.'))
  provider.script(second, upstream.says('Dogs bark.'))
  const { page, answer } = await openPlayground(app, provider.url)
  await send(page, 'What do cats do?')
  await expect(answer).toContainText('Cats purr.')
  await page.getByRole('button', { name: 'New conversation' }).click()
  await send(page, 'What do dogs do?')
  await expect(answer).toContainText('Dogs bark.')
  await expect(conversationRows(page)).toHaveCount(2)

  await page.getByLabel('Search conversations').fill('PURR')
  await expect(conversationRows(page)).toHaveCount(1)
  await expect(conversationRows(page).locator('mark')).toHaveText('purr')
  await page.getByLabel('Search conversations').fill('')

  await conversationMenu(page, 'What do cats do?', 'Rename')
  await page.getByLabel('Name of the conversation').fill('Felines')
  await page.keyboard.press('Enter')
  await expect(conversations(page)).toContainText('Felines')

  const downloading = page.waitForEvent('download')
  await conversationMenu(page, 'Felines', 'Export as Markdown')
  const download = await downloading
  expect(download.suggestedFilename()).toBe('Felines.md')
  expect(await readFile(await download.path(), 'utf8')).toBe(
    '# Felines\n\n## You\n\nWhat do cats do?\n\n## scripted · acct-1\n\nCats purr.\n',
  )

  await conversationMenu(page, 'Felines', 'Delete')
  await expect(conversationRows(page)).toHaveCount(1)
  const deleted = page.getByRole('alert').filter({ hasText: '“Felines” was deleted.' })
  await deleted.getByRole('button', { name: 'Undo' }).click()
  await expect(conversationRows(page)).toHaveCount(2)
})

test('marks that turn letters around are shown by their number, in titles and in what a search finds', async ({
  app,
  provider,
}) => {
  const turned = '\u202Egnp.exe'
  provider.script(first, upstream.says(`Save it as ${turned} now.`))
  const { page } = await openPlayground(app, provider.url)
  await send(page, `What is ${turned}?`)
  await expect(conversationRows(page).getByRole('button').first()).toContainText('What is ‹U+202E›gnp.exe?')
  await expect(page.getByRole('button', { name: 'More for What is ‹U+202E›gnp.exe?' })).toBeVisible()
  await page.getByLabel('Search conversations').fill('now.')
  await expect(conversationRows(page).locator('mark')).toHaveText('now.')
  await expect(conversationRows(page)).toContainText('Save it as ‹U+202E›gnp.exe')
  expect(await conversations(page).textContent()).not.toContain('\u202E')
})

test('of very many conversations the newest are listed, the others on demand, and a search finds any', async ({
  app,
  provider,
}) => {
  test.setTimeout(120_000)
  for (const key of keys) provider.script(key, upstream.says('noted'))
  const { page, answer } = await openPlayground(app, provider.url)
  for (let number = 1; number <= 62; number += 1) {
    await send(page, `Thought ${number}.`)
    await expect(answer).toContainText('noted')
    await page.getByRole('button', { name: 'New conversation' }).click()
  }
  await expect(conversationRows(page)).toHaveCount(60)
  await expect(conversationRows(page).first()).toContainText('Thought 62.')
  await page.getByLabel('Search conversations').fill('thought 1.')
  await expect(conversationRows(page)).toHaveCount(1)
  await page.getByLabel('Search conversations').fill('')
  await page.getByRole('button', { name: 'Show 2 more' }).click()
  await expect(conversationRows(page)).toHaveCount(62)
  await expect(conversationRows(page).last()).toContainText('Thought 1.')
  await expect(page.getByRole('button', { name: /^Show \d+ more$/ })).toHaveCount(0)
})

test('parameters go with the request, have their way back to the default, and are kept as a preset', async ({
  app,
  provider,
}) => {
  for (const key of keys) provider.script(key, upstream.says('fine'))
  const { page, answer } = await openPlayground(app, provider.url)
  await page.getByRole('button', { name: 'Parameters' }).click()
  await page.getByLabel('System prompt', { exact: true }).fill('Be brief.')
  await page.getByLabel('Temperature', { exact: true }).fill('0.3')
  await page.getByLabel('Further fields (JSON)', { exact: true }).fill('{"top_k": 40')
  await expect(page.getByText('This is not JSON yet: check quotes, commas and braces.')).toBeVisible()
  await send(page, 'not sent')
  await expect(page.getByText('The further fields of the request cannot be sent as they are.')).toBeVisible()
  expect(provider.requests).toHaveLength(0)
  await page.getByLabel('Further fields (JSON)', { exact: true }).fill('{"top_k": 40}')
  await send(page, 'sent')
  await expect(answer).toContainText('fine')
  const body = () => JSON.parse(provider.requests.at(-1)?.body ?? '{}') as Record<string, unknown>
  expect(body()).toMatchObject({ temperature: 0.3, top_k: 40 })
  expect(body()['messages']).toContainEqual({ role: 'system', content: 'Be brief.' })

  await page.getByRole('button', { name: 'Keep as preset' }).click()
  await page.getByLabel('Name of the preset').fill('Short')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Temperature: reset to default' }).click()
  await expect(page.getByLabel('Temperature', { exact: true })).toHaveValue('')
  await page.getByRole('button', { name: 'Reset all to default' }).click()
  await expect(page.getByLabel('System prompt', { exact: true })).toHaveValue('')
  await page.getByRole('button', { name: 'Presets' }).click()
  await page.getByRole('menuitem', { name: 'Short', exact: true }).click()
  await expect(page.getByLabel('System prompt', { exact: true })).toHaveValue('Be brief.')
  await expect(page.getByLabel('Temperature', { exact: true })).toHaveValue('0.3')

  // By keyboard too, from the menu that holds it.
  await page.getByRole('button', { name: 'Presets' }).click()
  await expect(page.getByRole('menuitem', { name: 'Short', exact: true })).toBeVisible()
  // Mantine's menu holds the focus in an element that has no role, which this rule does not allow for.
  const axe = new AxeBuilder({ page }).setLegacyMode().include('[role=menu]').disableRules('aria-required-children')
  const { violations } = await axe.analyze()
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.join(' '))])).toEqual([])
  await page.getByRole('menuitem', { name: 'Short', exact: true }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Delete the preset Short' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Presets' })).toBeDisabled()
  const deleted = page.getByRole('alert').filter({ hasText: 'The preset “Short” was deleted.' })
  await deleted.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: 'Presets' })).toBeEnabled()
})

test('another window of the same conversation never loses its words: they go on as a copy', async ({
  app,
  provider,
}) => {
  test.skip(app.host !== 'browser-host', 'the desktop has one window')
  for (const key of keys) provider.script(key, upstream.says('an answer'))
  const { page, answer } = await openPlayground(app, provider.url)
  await send(page, 'the beginning')
  await expect(answer).toContainText('an answer')
  await expect(conversationRows(page)).toContainText('2 messages')
  // Leaving it saves what there is to be saved, so that nothing of it is under way when the other window opens it.
  await page.getByRole('button', { name: 'New conversation' }).click()
  await conversationRows(page).getByRole('button', { name: 'the beginning' }).first().click()
  await expect(answer).toContainText('an answer')
  // A window that this one opens has its session.
  const opening = page.context().waitForEvent('page')
  await page.evaluate('void window.open(location.href)')
  const other = await opening
  await goTo(other, 'Playground')
  await conversationRows(other).getByRole('button', { name: 'the beginning' }).first().click()
  await expect(other.getByRole('article')).toHaveCount(1)
  await send(other, 'said in the other window')
  await expect(conversationRows(page)).toContainText('4 messages')
  await send(page, 'said in this one')
  await expect(page.getByRole('alert').filter({ hasText: 'Another window changed this conversation' })).toBeVisible()
  await expect(conversationRows(page)).toHaveCount(2)
  await page.getByLabel('Search conversations').fill('other window')
  await expect(conversationRows(page)).toHaveCount(1)
  await page.getByLabel('Search conversations').fill('in this one')
  await expect(conversationRows(page).locator('mark')).toHaveText('in this one')
})

test('an empty message is answered with what to do', async ({ app, provider }) => {
  const { page } = await openPlayground(app, provider.url)
  await page.getByLabel('Message', { exact: true }).press('Enter')
  const said = page.getByText('There is nothing to send yet.')
  await expect(said).toBeVisible()
  await page.getByLabel('Message', { exact: true }).fill('x')
  await expect(said).toBeHidden()
})

test('without a vault a conversation says that it is kept only for now', async ({ page }) => {
  await startSimulator(page)
  await goTo(page, 'Playground')
  await send(page, 'hello')
  await expect(page.getByText('This conversation is kept only until Keywheel ends.')).toBeVisible()
  await expect(conversationRows(page)).toContainText('2 messages')
  await page.reload()
  await goTo(page, 'Playground')
  await expect(conversationRows(page).getByRole('button', { name: 'hello' }).first()).toBeVisible()
})

test('all of it speaks Chinese', async ({ app, provider }) => {
  provider.script(first, upstream.says('你好'))
  const { page } = await openPlayground(app, provider.url)
  await chooseLanguage(page, '简体中文')
  await page.getByLabel('消息', { exact: true }).fill('打个招呼')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article')).toContainText('你好')
  await expect(page.getByRole('navigation', { name: '对话列表' }).getByRole('listitem')).toContainText('2 条消息')
  await page.getByRole('button', { name: '对比' }).click()
  await expect(page.getByRole('region', { name: '第 2 栏' })).toBeVisible()
  await page.getByRole('button', { name: '参数' }).click()
  await expect(page.getByLabel('系统提示词', { exact: true })).toBeVisible()
})
