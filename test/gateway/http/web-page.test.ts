import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { aGatewayPort } from '../../support/gateway-port.ts'
import { chromiumFlags, chromiumPath } from '../../support/chromium.ts'

/** A real browser, in which names of other sites lead to this machine, as an attacker's name server would have it. */
let browser: Browser

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: chromiumPath,
    args: [
      ...chromiumFlags,
      '--host-resolver-rules=MAP *.test 127.0.0.1',
      // Chromium's own guard would stop some of this before it leaves; other browsers have none, and a person may allow it.
      '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
    ],
  })
}, 60_000)

afterAll(() => browser.close())

/** A page of a site that is not ours, which has set a cookie for every port of its host. */
async function aSite(host: string): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'theirs=1; SameSite=Strict' })
    response.end('<!doctype html><title>a site</title><body></body>')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
  return `http://${host}:${(server.address() as AddressInfo).port}/`
}

async function visit(site: string): Promise<Page> {
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(site)
  return page
}

/** What the page could read of the answer: nothing, unless the browser lets it. Run in the page, which has a DOM. */
const read = (page: Page, address: string, init: object = {}): Promise<string> =>
  page.evaluate<string>(`fetch(${JSON.stringify(address)}, ${JSON.stringify(init)}).then(
    async (response) => response.type + ' ' + response.status + ' ' + (await response.text()),
    () => 'unreadable',
  )`)

const body = '{"model":"m","messages":[]}'

describe('a page of another site', () => {
  it('cannot use the gateway by an image', async () => {
    const port = await aGatewayPort()
    const page = await visit(await aSite('evil.test'))
    await page.evaluate(`new Promise((resolve) => {
      const image = new Image()
      image.onerror = image.onload = resolve
      image.src = 'http://${port.host}/v1/models'
    })`)
    expect([port.answered, port.requests]).toEqual([['GET 403'], []])
  })

  it('cannot use it by a GET or POST that needs no permission, nor read what it answers', async () => {
    const port = await aGatewayPort()
    const page = await visit(await aSite('evil.test'))
    const address = `http://${port.host}/v1/chat/completions`
    const headers = { 'content-type': 'text/plain' }
    expect(await read(page, address, { mode: 'no-cors' })).toBe('unreadable')
    expect(await read(page, address, { mode: 'no-cors', method: 'POST', body, headers })).toBe('unreadable')
    expect(await read(page, `http://${port.host}/v1/models`)).toBe('unreadable')
    expect([port.answered, port.requests]).toEqual([['GET 403', 'POST 403', 'GET 403'], []])
  })

  it('cannot use it by a form', async () => {
    const port = await aGatewayPort()
    const page = await visit(await aSite('evil.test'))
    await page.evaluate(`
      document.body.innerHTML = '<form method="POST" enctype="text/plain"><input>'
      const [form] = document.forms
      form.action = 'http://${port.host}/v1/chat/completions'
      Object.assign(form.elements[0], { name: '{"model":"m","a":"', value: '"}' })
      form.submit()
    `)
    await page.waitForURL(`http://${port.host}/**`)
    // The browser asks for an icon of what it shows, too.
    expect([port.answered[0], port.requests]).toEqual(['POST 403', []])
  })

  it('that holds a token is not let through by a preflight', async () => {
    const port = await aGatewayPort()
    const page = await visit(await aSite('evil.test'))
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${port.token}` }
    const address = `http://${port.host}/v1/chat/completions`
    expect(await read(page, address, { method: 'POST', body, headers })).toBe('unreadable')
    expect([port.answered, port.requests]).toEqual([['OPTIONS 403'], []])
  })
})

describe('a page whose name was bound to this machine', () => {
  it('reads nothing and changes nothing, even with a token', async () => {
    const port = await aGatewayPort()
    const site = `http://rebind.test:${port.port}/`
    const page = await browser.newPage()
    onTestFinished(() => page.close())
    // The page came from the attacker's own machine; from then on its name leads here.
    await page.route(site, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' }))
    await page.goto(site)
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${port.token}` }
    expect(await read(page, '/v1/models', { headers })).toMatch(/^basic 421 /)
    expect(await read(page, '/v1/chat/completions', { method: 'POST', body, headers })).toMatch(/^basic 421 /)
    expect(await read(page, '/healthz')).toMatch(/^basic 421 /)
    // A browser tries once more after 421.
    expect([new Set(port.answered), port.requests]).toEqual([new Set(['GET 421', 'POST 421']), []])
  })
})

describe('a page on another port of this machine', () => {
  it.each(['127.0.0.1', 'localhost'])('is refused, whatever cookies it brings: %s', async (host) => {
    const port = await aGatewayPort()
    const page = await visit(await aSite(host))
    const address = `http://${host}:${port.port}/v1/chat/completions`
    const init = { mode: 'no-cors', credentials: 'include' }
    await read(page, address, init)
    await read(page, address, { ...init, method: 'POST', body })
    expect(await read(page, `http://${host}:${port.port}/healthz`)).toBe('unreadable')
    expect([port.answered, port.requests]).toEqual([['GET 403', 'POST 403', 'GET 403'], []])
  })
})

describe('a person', () => {
  it('who types the address is shown nothing but a refusal', async () => {
    const port = await aGatewayPort()
    const page = await browser.newPage()
    onTestFinished(() => page.close())
    const response = await page.goto(`http://${port.host}/v1/models`)
    expect(response?.status()).toBe(401)
    expect(port.requests).toEqual([])
  })
})
