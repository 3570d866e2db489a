import { describe, expect, it } from 'vitest'
import { appSchemePrivileges, createAppResponder } from '../../../electron/host/electron/app-protocol.ts'
import type { PageFiles } from '../../../electron/host/page-files.ts'

const file = (type: string, text: string) => ({ type, bytes: Buffer.from(text) })
const files: PageFiles = new Map([
  ['/index.html', file('text/html; charset=utf-8', '<head><meta property="csp-nonce" nonce="__CSP_NONCE__"></head>')],
  ['/assets/index.js', file('text/javascript; charset=utf-8', 'export {}')],
])
const respond = createAppResponder(files)
const get = (url: string, method = 'GET') => respond({ url, method })

describe('app://bundle', () => {
  it('serves the page under the whole policy, with a fresh nonce that the page and the policy share', async () => {
    const pages = [get('app://bundle/'), get('app://bundle/index.html')]
    const nonces = await Promise.all(pages.map(async (page) => /nonce="([^"]+)"/.exec(await page.text())?.[1]))
    expect(new Set(nonces).size).toBe(2)
    for (const [index, page] of pages.entries()) {
      const policy = page.headers.get('content-security-policy') ?? ''
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(policy).toContain("default-src 'none'; script-src 'self'")
      expect(policy).toContain(`style-src 'self' 'nonce-${nonces[index]}'`)
      expect(policy).toContain("connect-src 'self';")
      expect(policy).toContain("require-trusted-types-for 'script'")
      expect(policy).not.toContain('unsafe')
    }
  })

  it('serves a script as a script, never to be sniffed or kept', async () => {
    const script = get('app://bundle/assets/index.js?v=1#x')
    expect(script.status).toBe(200)
    expect(await script.text()).toBe('export {}')
    expect(Object.fromEntries(script.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    })
  })

  it('answers HEAD as it answers GET', () => {
    expect(get('app://bundle/', 'HEAD').status).toBe(200)
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s', (method) => {
    expect(get('app://bundle/', method).status).toBe(405)
  })

  it.each([
    'app://bundle/../package.json',
    'app://bundle/%2e%2e/%2e%2e/etc/passwd',
    'app://bundle/..%2f..%2fetc%2fpasswd',
    'app://bundle/%252e%252e%252fetc',
    'app://bundle/assets/..%5c..%5cmain.js',
    'app://bundle//etc/passwd',
    'app://bundle/C:/Windows/win.ini',
    'app://bundle/index.html%00.js',
    'app://bundle/%E0%A4%A',
    'app://bundle/assets/',
    'app://bundle/assets',
    'app://bundle/INDEX.HTML',
    'app://evil/index.html',
    'app://bundle@evil/index.html',
    'https://bundle/index.html',
    'file:///index.html',
    'nonsense',
  ])('has nothing at %s, and its answer can do nothing', (url) => {
    const answer = get(url)
    expect(answer.status).toBe(404)
    expect(answer.body).toBeNull()
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none';(?!.*script-src)/)
  })

  it('asks for no privilege beyond a standard, secure origin that can fetch', () => {
    expect(appSchemePrivileges).toEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true },
    })
  })
})
