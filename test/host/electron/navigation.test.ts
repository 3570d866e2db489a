import { EventEmitter } from 'node:events'
import type { HandlerDetails } from 'electron'
import { describe, expect, it } from 'vitest'
import { confineNavigation, externalAddress, isOwnPage } from '../../../electron/host/electron/navigation.ts'

const hostileAddresses = [
  'https://bundle/',
  'http://bundle/',
  'app://evil/',
  'app://bundle.evil/',
  'app://evil@bundle/',
  'app://bundle:80/',
  'app:bundle',
  'app:/bundle/',
  'apps://bundle/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'blob:app://bundle/0000',
  'about:blank',
  'chrome://settings',
  'devtools://devtools/bundled/inspector.html',
  'view-source:app://bundle/',
  'ws://127.0.0.1/',
  '//bundle/',
  '',
  'not an address',
]

/** What Electron's webContents does as far as navigation goes. */
class FakeContents extends EventEmitter {
  windowOpens: ((details: HandlerDetails) => { action: string }) | undefined
  setWindowOpenHandler(handler: (details: HandlerDetails) => { action: 'deny' } | { action: 'allow' }) {
    this.windowOpens = handler
  }
  isPrevented(event: string, url: string): boolean {
    let prevented = false
    this.emit(event, { url, preventDefault: () => void (prevented = true) })
    return prevented
  }
}

const confined = () => {
  const contents = new FakeContents()
  const offered: string[] = []
  confineNavigation(contents, (url) => offered.push(url.href))
  return { contents, offered }
}

const waysToNavigate = ['will-navigate', 'will-frame-navigate', 'will-redirect']

describe('the window stays on its own page', () => {
  it.each(['app://bundle/', 'app://bundle/index.html', 'app://bundle/?a#b', 'APP://bundle/'])('stays on %s', (url) => {
    const { contents } = confined()
    expect(isOwnPage(url)).toBe(true)
    for (const event of waysToNavigate) expect(contents.isPrevented(event, url)).toBe(false)
  })

  it.each(hostileAddresses)('never goes to %j, whichever way it is asked to', (url) => {
    const { contents } = confined()
    for (const event of waysToNavigate) expect(contents.isPrevented(event, url)).toBe(true)
  })

  it('attaches no webview', () => {
    expect(confined().contents.isPrevented('will-attach-webview', '')).toBe(true)
  })

  it.each([...hostileAddresses, 'app://bundle/', 'https://example.com/'])('opens no window for %j', (url) => {
    const { contents } = confined()
    expect(contents.windowOpens?.({ url } as HandlerDetails)).toEqual({ action: 'deny' })
  })
})

describe('an address may leave for the system browser', () => {
  it.each(['https://example.com/', 'https://example.com:8443/path?q#f', 'https://中文.example/'])(
    '%s is offered',
    (url) => {
      const { contents, offered } = confined()
      contents.windowOpens?.({ url } as HandlerDetails)
      expect(offered).toEqual([new URL(url).href])
    },
  )

  it.each([
    ...hostileAddresses.filter((url) => !url.startsWith('https:')),
    'http://example.com/',
    'https://user@example.com/',
    'https://user:password@example.com/',
    'https://example.com@evil.example/',
    'mailto:someone@example.com',
    'ftp://example.com/',
    'smb://server/share',
    'ms-settings:display',
    'x-apple.systempreferences:',
    'C:\\Windows\\System32\\calc.exe',
    '\\\\server\\share',
    'https:',
    'https://',
  ])('%j is not', (url) => {
    const { contents, offered } = confined()
    contents.windowOpens?.({ url } as HandlerDetails)
    expect(externalAddress(url)).toBeNull()
    expect(offered).toEqual([])
  })
})
