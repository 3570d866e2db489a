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

const hostileAddresses = [
  'https://example.invalid/',
  'https://bundle/',
  'http://127.0.0.1:9/',
  'app://evil/',
  'app://bundle.evil/',
  'app://user@bundle/',
  'file:///etc/passwd',
  'data:text/html,hello',
  'javascript:document.title="taken"',
  'chrome://settings/',
  'mailto:someone@example.invalid',
  'ms-settings:display',
]

const waysToNavigate: Readonly<Record<string, string>> = {
  'location.href': 'location.href = address',
  'location.replace': 'location.replace(address)',
  'window.open': 'open(address)',
  'a window of a name': `open(address, '_top')`,
  'a link': 'const a = document.body.appendChild(document.createElement("a")); a.href = address; a.click(); a.remove()',
  'a link for a new window':
    'const a = document.body.appendChild(document.createElement("a")); a.href = address; a.target = "_blank"; a.click(); a.remove()',
  'a form':
    'const form = document.body.appendChild(document.createElement("form")); form.action = address; form.submit(); form.remove()',
  'a frame':
    'const frame = document.body.appendChild(document.createElement("iframe")); frame.src = address; setTimeout(() => frame.remove())',
  'a refresh':
    'const meta = document.head.appendChild(document.createElement("meta")); meta.httpEquiv = "refresh"; meta.content = "0;url=" + address; meta.remove()',
}

for (const [way, code] of Object.entries(waysToNavigate)) {
  test(`no hostile address is reached by ${way}`, async ({ page, app }) => {
    // The page's own policy refuses most of these too, and says so.
    app.tolerate(/Content Security Policy|Trusted Type|Not allowed|violates|ERR_|Unsafe attempt|javascript:|scheme/i)
    await startSimulator(page)
    const own = page.url()
    for (const address of hostileAddresses) {
      await page.evaluate(`try { const address = ${JSON.stringify(address)}; ${code} } catch {}`)
    }
    // Asked of the page itself: a locator would wait for the end of navigations that never begin.
    expect(await page.evaluate('document.querySelector("nav a[aria-current]") !== null')).toBe(true)
    expect(page.url()).toBe(own)
    expect(await page.evaluate('document.title')).not.toBe('taken')
    await expect.poll(() => page.context().pages().length).toBe(1)
    if (app.host === 'electron-stand-in') {
      expect(app.desktop.reports.filter(({ event }) => event === 'open-external')).toEqual([])
    }
  })
}

test('the page is denied what it never asks for', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const name of ['geolocation', 'notifications', 'clipboard-read', 'clipboard-write']) {
    expect(await page.evaluate(`navigator.permissions.query({ name: '${name}' }).then((p) => p.state)`), name).toBe(
      'denied',
    )
  }
})
