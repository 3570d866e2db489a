import { expect, test } from './support/app.ts'
import { startSimulator } from './support/keywheel.ts'

test.skip(({ host }) => host === 'browser-host', 'only a desktop window has these')

test('the page knows that it is on the desktop, and nothing else of what is behind it', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await page.evaluate('JSON.stringify(window.keywheel)')).toBe('{"host":"electron"}')
  expect(await page.evaluate('Object.isFrozen(window.keywheel)')).toBe(true)
  for (const name of ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer']) {
    expect(await page.evaluate(`typeof ${name}`), name).toBe('undefined')
  }
})

test('a page that is loaded again goes on working', async ({ page }) => {
  await startSimulator(page)
  for (let turn = 0; turn < 2; turn += 1) {
    await page.reload()
    await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
  }
})

test('nothing leads the window away from its own page', async ({ page }) => {
  await startSimulator(page)
  const own = page.url()
  for (const address of ['https://example.invalid/', 'http://127.0.0.1:9/', 'about:blank']) {
    await page.evaluate(`void window.open(${JSON.stringify(address)})`)
  }
  await page.evaluate(`void (location.href = 'https://example.invalid/')`)
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
  expect(page.url()).toBe(own)
  await expect.poll(() => page.context().pages().length).toBe(1)
})

test('the page is denied what it never asks for', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const name of ['geolocation', 'notifications', 'clipboard-read', 'clipboard-write']) {
    expect(await page.evaluate(`navigator.permissions.query({ name: '${name}' }).then((p) => p.state)`), name).toBe(
      'denied',
    )
  }
})
