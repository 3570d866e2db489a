import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, createNonce, withNonce } from '../../electron/host/content-security-policy.ts'

describe('The content policy', () => {
  it('allows nothing that it does not name', () => {
    const policy = contentSecurityPolicy({ nonce: 'n0nce', connectTo: ['ws://127.0.0.1:1'] })
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-n0nce'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self' ws://127.0.0.1:1",
      "worker-src 'self'",
      "frame-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types default',
    ])
  })
})

describe('A nonce', () => {
  it('holds at least 128 bits, is another each time, and needs no escaping', () => {
    const [a, b] = [createNonce(), createNonce()]
    expect(a).not.toBe(b)
    expect(a).toMatch(/^[\w-]{22,}$/)
  })

  it('takes the place that the page was built with', () => {
    expect(withNonce('<head><meta property="csp-nonce" nonce="__CSP_NONCE__"></head>', 'abc')).toBe(
      '<head><meta property="csp-nonce" nonce="abc"></head>',
    )
  })

  it('is added to a page that was built without a place for it', () => {
    expect(withNonce('<html><head></head></html>', 'abc')).toBe(
      '<html><head><meta name="csp-nonce" content="abc"></head></html>',
    )
  })
})
