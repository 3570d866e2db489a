import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hrefOf, parseRoute, viewNames } from '../../../renderer/app/route.ts'
import { installTrustedTypesPolicy, ownThreadOnly, styleTextOnly } from '../../../renderer/app/trusted-types.ts'

describe('the address of a view', () => {
  it.each(['', '#', '#/', '#/nowhere', '#code=abc', '#/__proto__'])('%j opens the dashboard', (hash) => {
    expect(parseRoute(hash)).toEqual({ view: 'dashboard', id: '' })
  })

  it('names the view and what is open in it', () => {
    expect(parseRoute('#/models/abc')).toEqual({ view: 'models', id: 'abc' })
    expect(parseRoute('#/settings')).toEqual({ view: 'settings', id: '' })
  })

  it('names no id when the address was typed badly', () => {
    expect(parseRoute('#/models/%E0%A4%A')).toEqual({ view: 'models', id: '' })
  })

  it('leads back to where it was made', () => {
    fc.assert(
      fc.property(fc.constantFrom(...viewNames), fc.string({ unit: 'grapheme', maxLength: 64 }), (view, id) => {
        expect(parseRoute(hrefOf(view, id))).toEqual({ view, id })
      }),
    )
  })
})

describe('the policy for strings that become markup', () => {
  const location = { href: 'http://127.0.0.1:4100/#/playground' }

  it('lets a style sheet through and refuses everything with a tag', () => {
    expect(styleTextOnly(':root { --a: 1px }')).toBe(':root { --a: 1px }')
    expect(() => styleTextOnly('<img onerror=x>')).toThrow(TypeError)
  })

  it('is the only one, called default, and makes no scripts', () => {
    const made: unknown[] = []
    installTrustedTypesPolicy({
      location,
      trustedTypes: { createPolicy: (name, rules) => made.push([name, Object.keys(rules)]) },
    })
    expect(made).toEqual([['default', ['createHTML', 'createScriptURL']]])
  })

  it('asks nothing of a browser that has no Trusted Types', () => {
    expect(() => installTrustedTypesPolicy({ location })).not.toThrow()
  })
})

describe('the policy for the addresses of threads', () => {
  const threads = { 'the browser host': 'http://127.0.0.1:4100/#/x', 'the desktop': 'app://bundle/index.html' }

  it.each(Object.entries(threads))("lets the build's own worker files through at the address of %s", (_, page) => {
    const address = new URL('/assets/highlight-worker-Ab_c-12.js', page).href
    expect(ownThreadOnly(page)(address)).toBe(address)
  })

  it.each([
    'https://evil.example/assets/highlight-worker-Abc.js',
    '//evil.example/assets/highlight-worker-Abc.js',
    'http://127.0.0.1:4101/assets/highlight-worker-Abc.js',
    'http://127.0.0.1:4100/assets/index-Abc.js',
    'http://127.0.0.1:4100/assets/../x/highlight-worker-Abc.js',
    'http://127.0.0.1:4100/assets/highlight-worker-Abc.js?x',
    'http://127.0.0.1:4100/assets/highlight-worker-Abc.js#x',
    'data:text/javascript,alert(1)',
    'blob:http://127.0.0.1:4100/0b5c',
    'javascript:alert(1)',
  ])('refuses %s', (address) => {
    expect(() => ownThreadOnly('http://127.0.0.1:4100/')(address)).toThrow(TypeError)
  })
})
