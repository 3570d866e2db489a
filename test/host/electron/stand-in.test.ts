import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { chromium, type Page } from '@playwright/test'
import { describe, expect, it, onTestFinished } from 'vitest'
import { preparePreload } from '../../support/electron-stand-in/preload.ts'
import { startStandIn, type StandIn } from '../../support/electron-stand-in/start.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** A small Electron application: one window on app://bundle, and what a test adds to main, preload and page. */
interface SmallApp {
  main?: string
  beforeReady?: string
  preload?: string
  page?: string
  address?: string
}

const mainOf = ({ main = '', beforeReady = '', address = 'app://bundle/' }: SmallApp) => `
import { app, BrowserWindow, ipcMain, MessageChannelMain, protocol, session } from 'electron'
import { readFileSync } from 'node:fs'
app.setPath('userData', import.meta.dirname)
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
${beforeReady}
await app.whenReady()
const ses = session.fromPartition('test', { cache: false })
ses.protocol.handle('app', (request) => {
  console.log('request ' + request.url)
  const headers = { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'; script-src 'unsafe-inline'" }
  return new Response(readFileSync(import.meta.dirname + '/page.html'), { headers })
})
const window = new BrowserWindow({
  webPreferences: { preload: import.meta.dirname + '/preload.cjs', session: ses, sandbox: true, contextIsolation: true },
})
const contents = window.webContents
app.on('window-all-closed', () => app.quit())
${main}
await window.loadURL('${address}')
console.log('loaded')
`

function start(small: SmallApp, env: NodeJS.ProcessEnv = {}): StandIn {
  const folder = temporaryFolder()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ main: 'main.mjs', version: '1.2.3' }))
  writeFileSync(join(folder, 'main.mjs'), mainOf(small))
  writeFileSync(join(folder, 'preload.cjs'), small.preload ?? '')
  writeFileSync(join(folder, 'page.html'), `<!doctype html><title>Small</title>${small.page ?? ''}`)
  const standIn = startStandIn(folder, { ...process.env, ...env })
  onTestFinished(() => standIn.kill())
  return standIn
}

/** The window as a test drives it. */
async function open(standIn: StandIn): Promise<Page> {
  const address = await standIn.address()
  await standIn.nextLine((line) => line === 'loaded')
  const browser = await chromium.connectOverCDP(address)
  onTestFinished(() => browser.close())
  return browser.contexts()[0]!.pages()[0]!
}

/** A busy machine may take its time to carry a message through three processes. */
const patient = { timeout: 10_000 }

const says = (standIn: StandIn, start: string) => standIn.nextLine((line) => line.startsWith(start))

describe('a preload in the stand-in', () => {
  it('gives the page a frozen bridge before any script of the page runs, and keeps its own world to itself', async () => {
    const page = await open(
      start({
        preload: `const { contextBridge } = require('electron'); globalThis.mine = 1
          contextBridge.exposeInMainWorld('bridge', { host: { name: 'electron' } })`,
        page: `<script>window.seen = JSON.stringify([window.bridge, typeof mine, typeof require, typeof electronStandInToMain])</script>`,
      }),
    )
    expect(await page.evaluate('seen')).toBe('[{"host":{"name":"electron"}},"undefined","undefined","undefined"]')
    expect(await page.evaluate('bridge.host.name = "x"; bridge = 1; bridge.host.name')).toBe('electron')
  })

  it.each([
    ['a static import', `import fs from 'node:fs'`],
    ['an export', `export const a = 1`],
    ['a top-level await', `await 1`],
  ])('may not be an ES module: %s is refused', (_what, preload) => {
    const path = join(temporaryFolder(), 'preload.cjs')
    writeFileSync(path, preload)
    expect(() => preparePreload(path)).toThrow('A sandboxed preload must be one CommonJS script')
  })

  it('that is refused ends the application', async () => {
    const standIn = start({ preload: `import fs from 'node:fs'` })
    expect(await standIn.ended).toBe(1)
    expect(standIn.complaints()).toContain('A sandboxed preload must be one CommonJS script')
  })

  it('may require nothing of Node, no package and no file', async () => {
    const names = ['fs', 'node:fs', 'child_process', './other.cjs', 'zod']
    const standIn = start({
      preload: `const { ipcRenderer } = require('electron')
        for (const name of ${JSON.stringify(names)}) {
          try { require(name) } catch (error) { ipcRenderer.send('refused', error.message) }
        }`,
      main: `ipcMain.on('refused', (event, message) => console.log('refused ' + message))`,
    })
    await standIn.nextLine((line) => line === `refused module not found: ${names.at(-1)}`)
    const refused = standIn.lines.filter((line) => line.startsWith('refused'))
    expect(refused).toEqual(names.map((name) => `refused module not found: ${name}`))
  })

  it('finds nothing of Electron that the stand-in does not imitate', async () => {
    const standIn = start({
      preload: `require('electron').webFrame.setZoomFactor(2)`,
      main: `contents.on('preload-error', (event, path, error) => console.log('refused ' + error.message))`,
    })
    expect(await says(standIn, 'refused')).toContain("does not imitate require('electron').webFrame")
  })

  it('exposes plain data only, and each name once', async () => {
    const standIn = start({
      preload: `const { contextBridge } = require('electron')
        contextBridge.exposeInMainWorld('a', { ok: true })
        for (const api of [{ call() {} }, { when: new Date() }]) {
          try { contextBridge.exposeInMainWorld('b', api) } catch (error) { console.warn(error.message) }
        }
        contextBridge.exposeInMainWorld('a', {})`,
      main: `contents.on('preload-error', (event, path, error) => console.log('refused ' + error.message))`,
    })
    expect(await says(standIn, 'refused')).toContain('Cannot bind an API on top of an existing property')
  })

  it('does not run in a frame inside the page', async () => {
    const page = await open(
      start({
        preload: `require('electron').contextBridge.exposeInMainWorld('bridge', {})`,
        page: `<iframe></iframe>`,
      }),
    )
    expect(await page.evaluate('[typeof bridge, typeof frames[0].bridge].join()')).toBe('object,undefined')
  })
})

const portPreload = `
const { ipcRenderer } = require('electron')
window.addEventListener('message', (event) => { if (event.data === 'ask') ipcRenderer.send('ask', { from: 'preload' }) })
ipcRenderer.on('port', (event, text) => window.postMessage(text, location.origin, event.ports))`

const portMain = `
ipcMain.on('ask', (event, ...args) => {
  console.log('asked ' + JSON.stringify([event.senderFrame === contents.mainFrame, event.senderFrame.origin, event.senderFrame.url, args]))
  const { port1, port2 } = new MessageChannelMain()
  port1.on('message', ({ data }) => {
    console.log('main heard ' + data)
    if (data === 'bye') port1.close()
    else port1.postMessage('echo ' + data)
  })
  port1.on('close', () => console.log('main: closed'))
  port1.start()
  event.senderFrame.postMessage('port', 'here', [port2])
})`

const pagePort = `<script>
window.port = new Promise((resolve) => addEventListener('message', (event) => {
  if (event.source === window && event.data === 'here') resolve(event.ports[0])
}))
window.heard = []
port.then((port) => {
  port.onmessage = (event) => heard.push(event.data)
  port.addEventListener('close', () => heard.push('closed'))
})
postMessage('ask', location.origin)
</script>`

describe('a message port in the stand-in', () => {
  it('joins page and main in both directions, in order, from the first message on', async () => {
    const standIn = start({ preload: portPreload, main: portMain, page: pagePort })
    const page = await open(standIn)
    await page.evaluate('port.then((port) => { for (const text of ["a", "ü中", "c"]) port.postMessage(text) })')
    await expect.poll(() => page.evaluate('heard'), patient).toEqual(['echo a', 'echo ü中', 'echo c'])
  })

  it('tells main who sent the message in the words of Electron, not of the browser below', async () => {
    const standIn = start({ preload: portPreload, main: portMain, page: pagePort, address: 'app://bundle/?q#part' })
    await open(standIn)
    expect(JSON.parse((await says(standIn, 'asked')).slice('asked '.length))).toEqual([
      true,
      'app://bundle',
      'app://bundle/?q#part',
      [{ from: 'preload' }],
    ])
  })

  it('shows main that a page came from a foreign host, so that it can refuse it', async () => {
    const standIn = start({ preload: portPreload, main: portMain, page: pagePort, address: 'app://evil/' })
    await open(standIn)
    expect(await says(standIn, 'asked')).toContain('"app://evil","app://evil/"')
  })

  it('tells the page when main disconnects it', async () => {
    const page = await open(start({ preload: portPreload, main: portMain, page: pagePort }))
    await page.evaluate('port.then((port) => port.postMessage("bye"))')
    await expect.poll(() => page.evaluate('heard'), patient).toEqual(['closed'])
  })

  it('tells main when the page is gone, and the page that follows gets a port of its own', async () => {
    const standIn = start({ preload: portPreload, main: portMain, page: pagePort })
    const page = await open(standIn)
    await page.evaluate('port')
    await page.reload()
    await says(standIn, 'main: closed')
    await page.evaluate('port.then((port) => port.postMessage("again"))')
    await expect.poll(() => page.evaluate('heard'), patient).toEqual(['echo again'])
    expect(await says(standIn, 'main heard')).toBe('main heard again')
  })
})

describe('a custom scheme in the stand-in', () => {
  it('is answered by the application, which sees its own addresses, and whose headers reach the page', async () => {
    const standIn = start({ page: `<img src="/x.png"><script>eval('1')</script>` })
    const page = await open(standIn)
    expect(await says(standIn, 'request')).toBe('request app://bundle/')
    expect(await page.title()).toBe('Small')
    expect((await standIn.next('page-error')).text).toMatch(/Content Security Policy/)
  })

  it('is registered before the application is ready, and only once', async () => {
    const standIn = start({
      beforeReady: `try { protocol.registerSchemesAsPrivileged([]) } catch (error) { console.log('refused ' + error.message) }`,
    })
    expect(await says(standIn, 'refused')).toContain('only once')
  })
})

const confinedMain = `
for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect'])
  contents.on(name, (details) => { console.log(name + ' ' + details.url); if (!details.url.startsWith('app://bundle/')) details.preventDefault() })
contents.setWindowOpenHandler(({ url }) => { console.log('open ' + url); return { action: 'deny' } })`

describe('navigation in the stand-in', () => {
  it('asks the application before the page goes elsewhere, and stays when it is told to', async () => {
    const standIn = start({ main: confinedMain })
    const page = await open(standIn)
    await page.evaluate('void (location.href = "https://example.invalid/")')
    expect(await says(standIn, 'will-frame-navigate')).toBe('will-frame-navigate https://example.invalid/')
    await page.evaluate('void (location.href = "/inside")')
    expect(await says(standIn, 'will-navigate')).toBe('will-navigate app://bundle/inside')
    await standIn.nextLine((line) => line === 'request app://bundle/inside')
    expect(standIn.lines).not.toContain('request https://example.invalid/')
  })

  it('asks the application before a window opens, and closes it when it is told to', async () => {
    const standIn = start({ main: confinedMain })
    const page = await open(standIn)
    const popup = page.context().waitForEvent('page')
    await page.evaluate('void window.open("https://example.invalid/popup")')
    expect(await says(standIn, 'open ')).toBe('open https://example.invalid/popup')
    await expect.poll(async () => (await popup).isClosed(), patient).toBe(true)
  })
})

describe('the stand-in itself', () => {
  it('throws, naming what is missing, when an application uses what it does not imitate', async () => {
    const standIn = start({ main: `app.setBadgeCount(1)` })
    expect(await standIn.ended).toBe(1)
    expect(standIn.complaints()).toContain('The Electron stand-in does not imitate app.setBadgeCount')
  })

  it('opens no window that is less strict than ours', async () => {
    const lax = [{ sandbox: false }, { contextIsolation: false }, { nodeIntegration: true }]
    const standIn = start({
      main: `for (const change of ${JSON.stringify(lax)}) {
        const webPreferences = { session: ses, preload: import.meta.dirname + '/preload.cjs', sandbox: true, contextIsolation: true, ...change }
        try { new BrowserWindow({ webPreferences }) } catch (error) { console.log('refused ' + JSON.stringify(change) + error.message) }
      }`,
    })
    for (const change of lax) {
      expect(await says(standIn, `refused ${JSON.stringify(change)}`)).toContain('without sandbox and isolation')
    }
  })

  it('reports what went wrong in the page before any test could look', async () => {
    const standIn = start({ page: `<script>throw new Error('early')</script>` })
    expect((await standIn.next('page-error')).text).toContain('early')
  })

  it('quits when the window is closed, and when it is told to, after the application has tidied up', async () => {
    const main = `app.on('before-quit', (event) => {
      if (globalThis.tidy) return
      event.preventDefault(); globalThis.tidy = true; console.log('tidying'); setImmediate(() => app.quit())
    })`
    const closing = start({ main })
    await (await open(closing)).close()
    expect(await closing.ended).toBe(0)
    const told = start({ main })
    await told.nextLine((line) => line === 'loaded')
    expect(await told.quit()).toBe(0)
    for (const { lines } of [closing, told]) expect(lines.filter((line) => line === 'tidying')).toEqual(['tidying'])
  })

  it('takes its browser with it when it is killed', async () => {
    const standIn = start({})
    const page = await open(standIn)
    const gone = new Promise((resolve) =>
      page
        .context()
        .browser()
        ?.once('disconnected', () => resolve('gone')),
    )
    await standIn.kill()
    expect(await gone).toBe('gone')
  })

  it('lets a second instance only wake the first', async () => {
    const beforeReady = `if (!app.requestSingleInstanceLock()) { console.log('second'); process.exit(0) }
      app.on('second-instance', () => console.log('woken'))`
    const first = start({ beforeReady })
    await first.nextLine((line) => line === 'loaded')
    const manifest = readFileSync(`/proc/${first.pid}/cmdline`, 'utf8').split('\0')
    const second = startStandIn(manifest.at(-2)!, process.env)
    await second.nextLine((line) => line === 'second')
    expect(await says(first, 'woken')).toBe('woken')
    await second.ended
  })
})
