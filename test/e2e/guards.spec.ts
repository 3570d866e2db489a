import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'

/** Faults planted in the page, and what must be heard of each; one that is overlooked fails here. */
const planted: readonly [fault: string, code: string, heard: RegExp][] = [
  ['an error thrown in the page', `setTimeout(() => { throw new Error('planted 1') })`, /planted 1/],
  ['a rejection that nobody handles', `void Promise.reject(new Error('planted 2'))`, /planted 2/],
  ['an error in the console', `console.error('planted 3')`, /planted 3/],
  [
    'a script written into the page',
    `{ const script = document.createElement('script'); script.append('1'); document.body.append(script) }`,
    /TrustedScript|script-src/,
  ],
  [
    'a style without the nonce',
    `{ const style = document.createElement('style'); style.append('p { color: red }'); document.body.append(style) }`,
    /style-src/,
  ],
  [
    'markup made from a string',
    `setTimeout(() => { document.createElement('p').innerHTML = '<b>planted</b>' })`,
    /TrustedHTML|markup/,
  ],
  ['an image from elsewhere', `new Image().src = 'https://example.invalid/x.png'`, /img-src/],
  ['a connection to elsewhere', `void fetch('https://example.invalid/').catch(() => {})`, /connect-src/],
]

/** As DevTools' console does; text that the page itself were to run would be refused by its policy. */
async function run(page: Page, expression: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression })
  await session.detach()
}

test('every fault in the page is heard of', async ({ app, page }) => {
  app.tolerate(/./)
  await page.locator('body').waitFor()
  for (const [fault, code, heard] of planted) {
    await test.step(fault, async () => {
      expect(app.complaints().join('\n')).not.toMatch(heard)
      await run(page, code)
      await expect.poll(() => app.complaints().join('\n')).toMatch(heard)
    })
  }
})

test('what is heard of fails the test', async ({ app, page }) => {
  test.fail(true, 'the fault is planted')
  await run(page, `console.error('planted')`)
  await expect.poll(() => app.complaints().join('\n')).toContain('planted')
})
