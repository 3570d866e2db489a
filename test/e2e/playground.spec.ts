import * as upstream from '../support/mock-upstream/answers.ts'
import { goTo, send } from './support/keywheel.ts'
import { expect, keys, openPlayground, test } from './support/playground.ts'

test('when a key fails before any output the next one answers, and the trail says so', async ({ app, provider }) => {
  provider.script(keys[0], upstream.rateLimits(31))
  provider.script(keys[1], upstream.says('Hello ', 'from the second'))
  const { page, answer } = await openPlayground(app, provider.url)
  await send(page, 'hello')
  await expect(answer).toContainText('Hello from the second')
  await expect(answer).toContainText('2 attempts')
  const trail = answer.getByRole('list', { name: 'Attempts, in order' })
  await expect(trail.getByRole('listitem')).toHaveCount(2)
  await expect(trail.getByRole('listitem').first()).toContainText(/acct-1.*429.*cooldown 31\ss/)
  await expect(trail.getByRole('listitem').last()).toContainText(/acct-2.*200/)
})

test('a stream that breaks off keeps what arrived and names the failure', async ({ app, provider }) => {
  provider.script(keys[0], upstream.resets('Half an ', 'ans'))
  const { page, answer } = await openPlayground(app, provider.url)
  await send(page, 'hello')
  await expect(answer).toContainText('Half an ans')
  await expect(answer).toContainText('broke off in the middle')
})

test('Escape stops an answer and the provider is told', async ({ app, provider }) => {
  provider.script(keys[0], upstream.stalls('So far ', 'so good'))
  const { page, answer } = await openPlayground(app, provider.url)
  await send(page, 'hello')
  await expect(answer).toContainText('So far so good')
  await page.keyboard.press('Escape')
  await expect(answer).toContainText('Stopped. What had arrived is kept.')
  expect(await provider.requests[0]?.leftEarly).toBe(true)
})

test('an answer loses nothing while other views and tabs are open', async ({ app, provider }) => {
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
  provider.script(keys[0], upstream.pauses(['seen at first, '], gates[0].promise, 'arrived ', 'meanwhile'))
  provider.script(keys[1], upstream.pauses(['a second one, '], gates[1].promise, 'behind a tab'))
  const { page, answer } = await openPlayground(app, provider.url)
  await send(page, 'hello')
  await expect(answer).toContainText('seen at first,')
  await goTo(page, 'Settings')
  gates[0].resolve()
  await goTo(page, 'Playground')
  await expect(answer).toContainText('seen at first, arrived meanwhile')
  await send(page, 'again')
  await expect(page.getByRole('article').last()).toContainText('a second one,')
  await page.getByRole('tab', { name: 'Rehearsal' }).click()
  gates[1].resolve()
  await page.getByRole('tab', { name: 'Chat' }).click()
  await expect(page.getByRole('article').last()).toContainText('a second one, behind a tab')
  await expect(page.getByRole('article').first()).toContainText('seen at first, arrived meanwhile')
})

const failures: [string, upstream.Answer, RegExp][] = [
  ['every key is out', upstream.rejectsKey(), /out of rotation/],
  ['the request itself is refused', upstream.refuses(400, { message: 'too many images' }), /too many images/],
  [
    'a web page answers',
    upstream.answers(200, '<!doctype html>Hi', { 'content-type': 'text/html' }),
    /not in the language of this API/,
  ],
  ['the provider is overloaded', upstream.refuses(529), /This is the provider's fault/],
]

test.describe('the playground says why, and what to do, when', () => {
  for (const [what, answer, sentence] of failures) {
    test(what, async ({ app, provider }) => {
      for (const key of keys) provider.script(key, answer)
      const opened = await openPlayground(app, provider.url)
      await send(opened.page, 'hello')
      await expect(opened.answer).toContainText(sentence, { timeout: 15_000 })
      await goTo(opened.page, 'Activity')
      await expect(opened.page.getByRole('table').getByRole('row').filter({ hasText: 'scripted' })).toHaveCount(1)
    })
  }

  test('nobody listens at the base URL', async ({ app }) => {
    const { page, answer } = await openPlayground(app, 'http://127.0.0.1:9/v1')
    await send(page, 'hello')
    await expect(answer).toContainText('127.0.0.1:9 refused the connection.', { timeout: 15_000 })
  })

  test('the host is unknown', async ({ app }) => {
    const { page, answer } = await openPlayground(app, 'https://no-such-host.invalid/v1')
    await send(page, 'hello')
    await expect(answer).toContainText('no-such-host.invalid could not be found', { timeout: 15_000 })
  })
})
